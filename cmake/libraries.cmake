# The libraries, all from the distribution's packages (ci/packages.txt).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(ZLIB REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(pugixml REQUIRED)
# Of Boost only headers are used: Boost.Math here, and what SOCI's headers include.
find_path(BOOST_INCLUDE boost/math/distributions/students_t.hpp REQUIRED)
add_library(boost INTERFACE IMPORTED)
target_include_directories(boost INTERFACE ${BOOST_INCLUDE})
pkg_check_modules(libguestfs REQUIRED IMPORTED_TARGET libguestfs)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
# Debian 13's brings definitions for other systems along, and GCC takes no precompiled header with them.
set_property(TARGET PkgConfig::re2 PROPERTY INTERFACE_COMPILE_OPTIONS "")

# yaml-cpp 0.7 (Debian 12) calls its target yaml-cpp, 0.8 (Ubuntu 24.04) yaml-cpp::yaml-cpp.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  target_link_libraries(yaml-cpp::yaml-cpp INTERFACE yaml-cpp)
endif()

# SOCI's package has neither a CMake nor a pkg-config file; its headers include those of the databases.
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(postgresql REQUIRED IMPORTED_TARGET libpq)
find_path(SOCI_INCLUDE soci/soci.h REQUIRED)
add_library(soci INTERFACE IMPORTED)
target_include_directories(soci INTERFACE ${SOCI_INCLUDE})
foreach(part core sqlite3 postgresql)
  find_library(SOCI_${part} soci_${part} REQUIRED)
  target_link_libraries(soci INTERFACE ${SOCI_${part}})
endforeach()
target_link_libraries(soci INTERFACE PkgConfig::sqlite PkgConfig::postgresql)
