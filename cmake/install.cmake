# What an installed bootperf is made of. The programs find each other, and the counter's plugins, beside
# the one that runs, so they share a directory of their own; what people type is linked into bin/.
include(GNUInstallDirs)
set(programs_dir ${CMAKE_INSTALL_LIBEXECDIR}/bootperf)

# Man pages and completions come out of the program's own definition of its command line.
set(manual_dir ${PROJECT_BINARY_DIR}/man)
set(completion_dir ${PROJECT_BINARY_DIR}/completions)
file(MAKE_DIRECTORY ${completion_dir})
add_custom_command(
  OUTPUT ${manual_dir}/bootperf.1 ${completion_dir}/bootperf.bash ${completion_dir}/_bootperf
         ${completion_dir}/bootperf.fish
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${manual_dir}
  COMMAND bootperf manual ${manual_dir}
  COMMAND bootperf completion bash > ${completion_dir}/bootperf.bash
  COMMAND bootperf completion zsh > ${completion_dir}/_bootperf
  COMMAND bootperf completion fish > ${completion_dir}/bootperf.fish
  DEPENDS bootperf
  VERBATIM)
add_custom_target(documentation ALL DEPENDS ${manual_dir}/bootperf.1)

# What `cmake --install` and `cpack` take: neither builds, so that neither builds the tests.
add_custom_target(installable DEPENDS gate_programs documentation)
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

install(TARGETS bootperf boot_benchmarks bootperf-launch bootperf-hv bootperf-hello DESTINATION ${programs_dir})
install(TARGETS bootperf_counter_api1 bootperf_counter_api2 bootperf_counter_api7 LIBRARY DESTINATION ${programs_dir})
file(RELATIVE_PATH up ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBEXECDIR}/bootperf)
foreach(program bootperf boot_benchmarks)
  set(link ${PROJECT_BINARY_DIR}/links/${program})
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/links)
  file(CREATE_LINK ${up}/${program} ${link} SYMBOLIC)
  install(FILES ${link} DESTINATION ${CMAKE_INSTALL_BINDIR})
endforeach()

install(DIRECTORY ${manual_dir}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${completion_dir}/bootperf.bash RENAME bootperf
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${completion_dir}/_bootperf DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${completion_dir}/bootperf.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# A policy to begin with. The baselines stay out: they are of one machine class and one project.
install(FILES thresholds/policy.yaml thresholds/README.md
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bootperf/thresholds)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
