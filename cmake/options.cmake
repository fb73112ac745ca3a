# What every target of the project is compiled with: link bootperf_options (PRIVATE).
option(BOOTPERF_WERROR "Warnings are errors (the development presets set it)" OFF)
set(BOOTPERF_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")

add_library(bootperf_options INTERFACE)
target_compile_options(bootperf_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow)
target_compile_options(bootperf_options INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual>)
if(BOOTPERF_WERROR)
  target_compile_options(bootperf_options INTERFACE -Werror)
endif()
if(BOOTPERF_SANITIZE)
  target_compile_options(bootperf_options INTERFACE
    -fsanitize=${BOOTPERF_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(bootperf_options INTERFACE -fsanitize=${BOOTPERF_SANITIZE})
endif()

# bootperf_folder(NAME SOURCES... LINKS...): one library a folder of src/. It may link only
# folders to its left, which is how the layering is kept at link time.
function(bootperf_folder name)
  cmake_parse_arguments(folder "" "" "SOURCES;LINKS" ${ARGN})
  add_library(bootperf_${name} STATIC ${folder_SOURCES})
  target_include_directories(bootperf_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(bootperf_${name} PUBLIC ${folder_LINKS} PRIVATE bootperf_options)
endfunction()

# bootperf_test(NAME SOURCES... LINKS...): one GoogleTest program, without an appliance.
function(bootperf_test name)
  cmake_parse_arguments(test "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${test_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE
    BOOTPERF_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    BOOTPERF_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    BOOTPERF_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_link_libraries(${name} PRIVATE ${test_LINKS} GTest::gtest_main bootperf_options)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
