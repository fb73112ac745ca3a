# What makes a fault harder to use, in every program and in the counter's plugins: link bootperf_hardening (programs
# have it by bootperf_options). tests/install/hardening_test reads it back out of what is installed.
include(CheckCXXCompilerFlag)
add_library(bootperf_hardening INTERFACE)

foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  string(MAKE_C_IDENTIFIER "BOOTPERF_HAS${flag}" has)
  check_cxx_compiler_flag(${flag} ${has}) # the last is of x86 alone
  if(${has})
    target_compile_options(bootperf_hardening INTERFACE ${flag})
  endif()
endforeach()
target_compile_definitions(bootperf_hardening INTERFACE $<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>)
target_link_options(bootperf_hardening INTERFACE -Wl,-z,relro,-z,now)

# Fortified functions take an optimising compiler, and sanitizers look at the same calls in their own way.
# Tests are not optimised (options.cmake). Level 3 is known to GCC 12 and clang 16, which are the oldest here; glibc 2.34 and later take it.
if(NOT BOOTPERF_SANITIZE AND NOT CMAKE_BUILD_TYPE STREQUAL "Debug")
  target_compile_options(bootperf_hardening INTERFACE
    "$<$<NOT:$<BOOL:$<TARGET_PROPERTY:BOOTPERF_IS_TEST>>>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=3>")
endif()
target_link_libraries(bootperf_options INTERFACE bootperf_hardening)
