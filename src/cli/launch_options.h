#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign_options.h"

namespace CLI {
class App;
}

namespace bootperf {

/// What `run` and `gate` hand on to boot_benchmarks. What is empty or negative was not given.
struct LaunchOptions : CampaignOptions {
  std::string mode; ///< a mode, or "cold"
  int launches = -1;
  int warmup = -1;
  std::map<std::string, std::string> environment; ///< of the launches: what names the subject
  std::string output = "bootperf.session.json";
  std::vector<std::filesystem::path> replay; ///< boot logs to feed through instead of launching
};

void add_launch_options(CLI::App &verb, LaunchOptions &options);

/// The arguments of boot_benchmarks, without its name.
std::vector<std::string> benchmark_arguments(const LaunchOptions &options);

/// boot_benchmarks, beside the running program.
Result<std::string> benchmark_program();

} // namespace bootperf
