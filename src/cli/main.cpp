#include <cstdio>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>

#include "cli/verbs.h"

#include "base/process.h"

// Only memory can be short here: what reads files and command lines hands its errors back as
// values.
int main(int argc, char **argv) try {
  bootperf::use_default_signals();
  CLI::App program;
  bootperf::Verbs verbs;
  bootperf::add_doctor(program, verbs);
  bootperf::add_run(program, verbs);
  bootperf::add_show(program, verbs);
  bootperf::add_capacity(program, verbs);
  bootperf::add_check(program, verbs);
  bootperf::add_gate(program, verbs);
  bootperf::add_compare(program, verbs);
  bootperf::add_profile(program, verbs);
  bootperf::add_selftest(program, verbs);
  bootperf::add_report(program, verbs);
  bootperf::add_baseline(program, verbs);
  bootperf::add_import(program, verbs);
  bootperf::add_suggest(program, verbs);
  bootperf::add_trend(program, verbs);
  bootperf::add_what_if(program, verbs);
  bootperf::add_merge(program, verbs);
  bootperf::add_documentation(program, verbs);
  return bootperf::run_command_line(program, verbs, argc, argv);
} catch (const std::bad_alloc &) {
  std::fputs("bootperf: not enough memory\n", stderr);
  return 2;
} catch (const std::exception &error) {
  std::fprintf(stderr, "bootperf: %s\n", error.what());
  return 2;
}
