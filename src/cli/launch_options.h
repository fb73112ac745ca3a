#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign_options.h"
#include "session/session_file.h"

namespace CLI {
class App;
}

namespace bootperf {

/// What `run` and `gate` hand on to boot_benchmarks. What is empty or negative was not given.
struct LaunchOptions : CampaignOptions {
  std::string mode; ///< a mode, or "cold"
  /// By name, "Launch/counted/network"; none: the mode's, or those of the verb.
  std::vector<std::string> scenarios;
  int launches = -1;
  int warmup = -1;
  std::map<std::string, std::string> environment; ///< of the launches: what names the subject
  std::string output;                             ///< "": the next free name of the verb's own
  bool force = false;                             ///< a session of that name may be replaced
  std::string guest;                              ///< a file of guests to launch; "": the appliance
  std::vector<std::filesystem::path> replay; ///< boot logs to feed through instead of launching
};

/// The standard name is where the session goes when none is given.
void add_launch_options(CLI::App &verb, LaunchOptions &options, const std::string &standard);

/// Declares -o and --force of a verb that launches.
void add_session_options(CLI::App &verb, std::string &output, bool &force,
                         const std::string &standard);

/// What is to be launched: the scenarios that were named, or that of the mode; none where neither
/// was given.
std::vector<std::string> asked_scenarios(const LaunchOptions &options);

/// Takes the name of a session that is launched into: of the one that is gone on with (resume, ""
/// for none), else the one asked for, or the first free standard one; and puts it into output. A
/// usage error when it is taken, or an input as well.
Result<SessionFile> take_session(std::string &output, const std::string &standard, bool force,
                                 const std::string &resume,
                                 const std::vector<std::filesystem::path> &inputs);

/// Takes the name that the session is to have, and puts it into the options when none was given. A
/// usage error when it is taken, or an input as well.
Result<SessionFile> take_session(LaunchOptions &options, const std::string &standard);

/// The arguments of boot_benchmarks, without its name.
std::vector<std::string> benchmark_arguments(const LaunchOptions &options);

/// boot_benchmarks, beside the running program.
Result<std::string> benchmark_program();

} // namespace bootperf
