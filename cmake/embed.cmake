# bootperf_embed(TARGET FUNCTION FILE): builds a file into a target, byte by byte. Declare
# "Embedded FUNCTION();" where it is used (src/base/files.h).
function(bootperf_embed target function file)
  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(SHA256 ${file} sha256)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/embedded.cpp.in ${source} @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
endfunction()

# d3, which draws the charts of the pages, and its licence: from the distribution (node-d3).
find_file(BOOTPERF_D3 d3.min.js PATHS /usr/share/nodejs/d3/dist NO_DEFAULT_PATH REQUIRED)
find_file(BOOTPERF_D3_LICENCE copyright PATHS /usr/share/doc/node-d3 NO_DEFAULT_PATH REQUIRED)
