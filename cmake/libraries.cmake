# The libraries, all from the distribution's packages (ci/packages.txt).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(pugixml REQUIRED)
pkg_check_modules(libguestfs REQUIRED IMPORTED_TARGET libguestfs)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)

# yaml-cpp 0.7 (Debian 12) calls its target yaml-cpp, 0.8 (Ubuntu 24.04) yaml-cpp::yaml-cpp.
if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp INTERFACE IMPORTED)
  target_link_libraries(yaml-cpp::yaml-cpp INTERFACE yaml-cpp)
endif()
