# What every target of the project is compiled with: link bootperf_options (PRIVATE).
option(BOOTPERF_WERROR "Warnings are errors (the development presets set it)" OFF)
set(BOOTPERF_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")
option(BOOTPERF_FUZZ "libFuzzer programs (tests/fuzz); the preset fuzz sets it, and takes clang" OFF)

add_library(bootperf_options INTERFACE)
# For all, since what a precompiled header was compiled with has to be the same where it is used.
target_compile_options(bootperf_options INTERFACE -pthread -fPIC)
target_link_options(bootperf_options INTERFACE -pthread
  $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
target_link_libraries(bootperf_options INTERFACE fmt::fmt tl::expected)
target_compile_options(bootperf_options INTERFACE -Wall -Wextra -Wpedantic)
# Where files are compiled together, a local variable of one meets a constant of another: ci/lint, which reads
# them alone, is where shadowing is found.
if(NOT CMAKE_UNITY_BUILD)
  target_compile_options(bootperf_options INTERFACE -Wshadow)
endif()
target_compile_options(bootperf_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual>)
# clang 19 takes the insides of libstdc++ 12's stable_sort for ours.
target_compile_options(bootperf_options INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,Clang>:-Wno-deprecated-declarations>)
option(BOOTPERF_PRECOMPILE "Precompile the headers that most files include" OFF)
if(BOOTPERF_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC forgets in a precompiled header which of it is a system header's, and then these, which it
  # finds in code that it inlined, name libstdc++. Builds without precompiled headers keep them.
  target_compile_options(bootperf_options INTERFACE
    -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(BOOTPERF_WERROR)
  target_compile_options(bootperf_options INTERFACE -Werror)
endif()
# Over many files at once GCC spends a sixth of its time on looking for memory to free; 100 MB more do as well.
if(CMAKE_UNITY_BUILD)
  target_compile_options(bootperf_options INTERFACE
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:SHELL:--param ggc-min-expand=400 --param ggc-min-heapsize=1500000>")
endif()
# What a test program does itself takes no time: it is not optimised, to build fast.
target_compile_options(bootperf_options INTERFACE $<$<BOOL:$<TARGET_PROPERTY:BOOTPERF_IS_TEST>>:-O0>)
if(BOOTPERF_SANITIZE)
  # vptr wants the type of every class with virtual functions, and SOCI's library hides some of those that its
  # headers name.
  target_compile_options(bootperf_options INTERFACE
    -fsanitize=${BOOTPERF_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -fno-sanitize=vptr)
  target_link_options(bootperf_options INTERFACE -fsanitize=${BOOTPERF_SANITIZE})
endif()

include(cmake/hardening.cmake)

# What most files include, read by the compiler once: two thirds of a build without it go into these
# headers. ci/lint reads each source without them, so that a missing #include is found.
set(BOOTPERF_PRECOMPILED_HEADERS
  <algorithm> <array> <charconv> <chrono> <cmath> <cstddef> <cstdint> <filesystem> <fstream> <functional>
  <limits> <map> <memory> <mutex> <optional> <ranges> <set> <span> <sstream> <string> <string_view>
  <thread> <utility> <variant> <vector> <fmt/format.h> <fmt/ranges.h> <tl/expected.hpp>
  <nlohmann/json.hpp>)

# bootperf_precompile(TARGET OWNER [HEADERS… LINKS…]): gives the target the precompiled headers of an owner. The
# first target of an owner's name has them compiled: those above and HEADERS, which are of the libraries LINKS.
function(bootperf_precompile target owner)
  cmake_parse_arguments(more "" "" "HEADERS;LINKS" ${ARGN})
  if(NOT BOOTPERF_PRECOMPILE)
    return()
  endif()
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${owner}.cpp CONTENT "" @ONLY)
    add_library(${owner} STATIC ${PROJECT_BINARY_DIR}/${owner}.cpp)
    target_link_libraries(${owner} PRIVATE
      bootperf_options fmt::fmt tl::expected nlohmann_json::nlohmann_json ${more_LINKS})
    get_target_property(is_test ${target} BOOTPERF_IS_TEST)
    set_target_properties(${owner} PROPERTIES BOOTPERF_IS_TEST "${is_test}")
    target_precompile_headers(${owner} PRIVATE ${BOOTPERF_PRECOMPILED_HEADERS} ${more_HEADERS})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

# bootperf_folder(NAME SOURCES... LINKS...): one library a folder of src/. It may link only
# folders to its left, which is how the layering is kept at link time.
function(bootperf_folder name)
  cmake_parse_arguments(folder "" "" "SOURCES;LINKS" ${ARGN})
  add_library(bootperf_${name} STATIC ${folder_SOURCES})
  target_include_directories(bootperf_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(bootperf_${name} PUBLIC ${folder_LINKS} PRIVATE bootperf_options)
  bootperf_precompile(bootperf_${name} bootperf_precompiled)
endfunction()

# bootperf_program(NAME SOURCES... LINKS...): one program that is no test.
function(bootperf_program name)
  cmake_parse_arguments(program "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${program_SOURCES})
  target_link_libraries(${name} PRIVATE ${program_LINKS} bootperf_options)
  bootperf_precompile(${name} bootperf_precompiled)
endfunction()

# bootperf_test(NAME SOURCES... LINKS... [RUN_BY...]): one GoogleTest program, run as an argument of another
# command where one is named.
function(bootperf_test name)
  cmake_parse_arguments(test "" "" "SOURCES;LINKS;RUN_BY" ${ARGN})
  add_executable(${name} ${test_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE
    BOOTPERF_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    BOOTPERF_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    BOOTPERF_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_link_libraries(${name} PRIVATE ${test_LINKS} GTest::gtest_main bootperf_options)
  set_target_properties(${name} PROPERTIES BOOTPERF_IS_TEST ON)
  bootperf_precompile(${name} bootperf_precompiled_tests HEADERS <gtest/gtest.h> LINKS GTest::gtest)
  add_test(NAME ${name} COMMAND ${test_RUN_BY} $<TARGET_FILE:${name}>)
endfunction()
