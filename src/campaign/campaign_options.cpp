#include "campaign/campaign_options.h"

#include <algorithm>
#include <string_view>

namespace bootperf {

std::vector<Flag> flags_of(CampaignOptions &options) {
  std::vector<Flag> flags = flags_of(static_cast<ApplianceOptions &>(options));
  flags.push_back(flag("deadline", "SECONDS", "a launch that takes longer has failed (300)",
                       options.deadline, {1, 86'400}));
  flags.push_back(flag("jobs", "N", "counted launches at a time (1)", options.jobs, {1, 256}));
  flags.push_back(
      flag("rules", "FILE", "phase rules in place of those shipped inside", options.rules));
  flags.push_back(flag("logs", "DIRECTORY", "keep the boot logs in this directory", options.logs));
  return flags;
}

Flag replay_flag(std::vector<std::filesystem::path> &logs) {
  Flag flag{.name = "replay",
            .value = "LOG,...",
            .help = "feed recorded boot logs through instead of launching; repeatable"};
  flag.repeatable = true;
  flag.set = [&logs](const std::string &text) -> Result<void> {
    std::string_view left = text;
    while (!left.empty()) {
      const auto comma = std::min(left.find(','), left.size());
      if (comma > 0)
        logs.emplace_back(left.substr(0, comma));
      left.remove_prefix(std::min(comma + 1, left.size()));
    }
    if (logs.empty())
      return fail(ErrorKind::usage, "boot logs were expected, separated by commas");
    return {};
  };
  flag.get = [&logs] {
    std::string joined;
    for (const auto &log : logs)
      joined += (joined.empty() ? "" : ",") + log.string();
    return joined.empty() ? std::vector<std::string>() : std::vector{joined};
  };
  return flag;
}

LaunchRequest request_of(const CampaignOptions &options, Mode mode,
                         const std::map<std::string, std::string> &environment) {
  LaunchRequest request;
  static_cast<ApplianceOptions &>(request) = options;
  request.mode = mode;
  request.environment = environment;
  request.deadline = options.deadline;
  return request;
}

} // namespace bootperf
