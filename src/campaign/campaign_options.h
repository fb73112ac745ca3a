#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/flags.h"
#include "capture/launcher/appliance_options.h"
#include "capture/launcher/launcher.h"

namespace bootperf {

/// How launches are made, whatever they are for: what every verb that launches takes under the same
/// names, and boot_benchmarks with its prefix.
struct CampaignOptions : ApplianceOptions {
  std::chrono::seconds deadline{300};
  int jobs = 1;                ///< counted launches at a time
  std::filesystem::path rules; ///< phase rules; empty: those shipped inside
  std::filesystem::path logs;  ///< where boot logs are kept; empty: they are thrown away
};

/// Its flags, bound to it.
std::vector<Flag> flags_of(CampaignOptions &options);

/// Boot logs that are fed through in place of launches: repeatable, or separated by commas.
Flag replay_flag(std::vector<std::filesystem::path> &logs);

/// A launch with these options, of the subject that the environment names; without its log.
LaunchRequest request_of(const CampaignOptions &options, Mode mode,
                         const std::map<std::string, std::string> &environment);

} // namespace bootperf
