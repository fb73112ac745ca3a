#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign_options.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace bootperf {

/// Where a session of levers goes when nobody says.
inline constexpr const char *standard_what_if = "bootperf.what-if.json";

/// Of all levers of a session together: that one of them seems to change something and does not.
inline constexpr double what_if_error_rate = 0.01;

/// What `bootperf what-if` is asked for.
struct WhatIfAsked {
  std::vector<std::string> names; ///< of levers
  bool all = false, list = false;
  bool together = false; ///< those that save are also tried in one, and in one without each
  bool wall = false;     ///< quiet launches, too, by the clock
  bool floor = false;    ///< the shipped guests are launched, too; --all does so
  std::string levers;    ///< a file of more levers; "": the shipped ones
  int launches = 3;      ///< of each lever
  std::map<std::string, std::string> environment; ///< of the boot as it is
  CampaignOptions machine;
  std::optional<std::uint64_t> seed;
  std::string output; ///< "": the next free name of standard_what_if
  bool force = false;
  std::string resume;   ///< a session to go on with
  std::string recorded; ///< a session that is only shown
  std::string format = "text";
};

/// Declares --levers, the file of more levers, of a verb.
CLI::Option *add_levers_option(CLI::App &verb, std::string &file);

void add_what_if_options(CLI::App &verb, WhatIfAsked &asked);

/// The command line, without the verb, that asks for the same launches: what is resumed is made
/// with it.
std::vector<std::string> launch_arguments(const WhatIfAsked &asked);

/// The inverse, into what was asked for; an input error when it cannot be read.
Result<void> read_launch_arguments(const std::vector<std::string> &arguments, WhatIfAsked &asked);

/// What is wrong with a combination of options, as a usage error.
Result<void> validate(const WhatIfAsked &asked);

} // namespace bootperf
