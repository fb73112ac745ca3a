# `cpack -G DEB` in the build directory makes a Debian package; ci/package builds and tries it.
set(CPACK_PACKAGE_VENDOR "bootperf")
set(CPACK_PACKAGE_CONTACT "bootperf maintainers <maintainers@bootperf.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "regression gate for the boot time of libguestfs appliances")
set(CPACK_PACKAGE_DESCRIPTION
  "Tells whether the libguestfs appliance got slower to boot, in which phase, by
how much, and how sure it is. Counts guest instructions, which are the same on
an idle and a busy machine, or compares two builds in interleaved blocks.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# 0.1.0-1~debian13: a package fits the distribution that it was built on, and one that the
# distribution makes itself is newer than it.
set(distribution "")
if(EXISTS /etc/os-release)
  file(STRINGS /etc/os-release lines REGEX "^(ID|VERSION_ID)=")
  list(TRANSFORM lines REPLACE "^[A-Z_]+=\"?([^\"]*)\"?$" "\\1")
  list(SORT lines ORDER DESCENDING) # the name, then the number, where there is one
  list(JOIN lines "" distribution)
endif()
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
if(distribution)
  string(APPEND CPACK_DEBIAN_PACKAGE_RELEASE "~${distribution}")
endif()
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

# Beside the shared libraries, what a launch takes: the second part of the list that ci/gate
# installs. A kernel comes with most machines, and supermin takes any, so it is recommended.
execute_process(COMMAND dpkg --print-architecture OUTPUT_VARIABLE architecture
  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(STRINGS ci/packages/gate.txt lines)
set(is_run_time FALSE)
set(depends "")
set(recommends "")
foreach(line IN LISTS lines)
  if(line MATCHES "^# To launch")
    set(is_run_time TRUE)
  elseif(is_run_time AND line MATCHES "^[a-z]")
    if(NOT line MATCHES "\\[(.*)\\]" OR CMAKE_MATCH_1 STREQUAL architecture)
      string(REGEX REPLACE " *\\[.*\\]" "" package "${line}")
      if(package MATCHES "^linux-image")
        list(APPEND recommends "${package} | linux-image-generic")
      else()
        list(APPEND depends "${package}")
      endif()
    endif()
  endif()
endforeach()
if(architecture AND NOT depends)
  message(FATAL_ERROR "ci/packages/gate.txt: no package stands below the line `# To launch`")
endif()
list(JOIN depends ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
list(JOIN recommends ", " CPACK_DEBIAN_PACKAGE_RECOMMENDS)
include(CPack)
