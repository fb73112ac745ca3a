#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "cli/arguments.h"

namespace CLI {
class App;
}

namespace bootperf {

/// How launches are made, whatever they are for. What is empty or negative was not given.
struct MachineOptions {
  std::string accelerator;
  std::string backend;
  int memsize = -1;
  int smp = -1;
  std::string append;
  int jobs = -1;
  int deadline = -1; ///< s
  std::string rules;
  std::string logs; ///< a directory
};

/// What `run` and `gate` hand on to boot_benchmarks. What is empty or negative was not given.
struct LaunchOptions {
  std::string mode; ///< a mode, or "cold"
  int launches = -1;
  int warmup = -1;
  MachineOptions machine;
  std::vector<std::string> environment; ///< "K=V"
  std::string output = "bootperf.session.json";
  std::vector<std::string> replay;
};

/// "" when a text is NAME=VALUE, else what is wrong.
std::string check_assignment(const std::string &text);

void add_machine_options(CLI::App &verb, MachineOptions &options);

void add_launch_options(CLI::App &verb, LaunchOptions &options);

/// The flags that ask for these options again; prefix as in Arguments.
Arguments machine_arguments(const MachineOptions &machine, const std::string &prefix);

/// The arguments of boot_benchmarks, without its name.
std::vector<std::string> benchmark_arguments(const LaunchOptions &options);

/// boot_benchmarks, beside the running program.
Result<std::string> benchmark_program();

} // namespace bootperf
