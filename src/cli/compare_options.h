#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "campaign/campaign_options.h"
#include "cli/check_options.h"

namespace bootperf {

/// How much a comparison may cost: launches of base and head together, or seconds.
struct Budget {
  std::uint64_t launches = 0, seconds = 0; ///< one of them is 0

  bool operator==(const Budget &) const = default;
};

/// "50" or "90s", "20min", "1h"; none when it is neither.
std::optional<Budget> budget_from_text(std::string_view text);

/// Where a comparison's session goes when nobody says.
inline constexpr const char *standard_comparison = "bootperf.compare.json";

/// What `bootperf compare` is asked for.
struct CompareAsked {
  std::string base = "base", head = "head";
  std::map<std::string, std::string> base_environment, head_environment;
  ApplianceOfSubject base_appliance, head_appliance;
  std::vector<std::string> modes = {"traced"};
  std::string budget; ///< "": the policy's
  int warmup = 1;     ///< launches of each subject and mode before the first block
  std::optional<std::uint64_t> seed;
  CampaignOptions machine;
  std::string output; ///< "": the next free name of standard_comparison; none with recorded
  bool force = false; ///< a session of that name may be replaced
  std::vector<std::string> recorded; ///< one session of both subjects, or base and head
  std::string resume;                ///< a session to go on with
  CheckFlags check;
  bool profile = true; ///< each side is launched once more when work regressed, to name functions
};

void add_compare_options(CLI::App &verb, CompareAsked &asked);

/// The command line, without the verb, that asks for the same launches: what a resumed comparison
/// is made with. Paths of outputs and what only concerns the report are left out.
std::vector<std::string> launch_arguments(const CompareAsked &asked);

/// The inverse, into what was asked for; a usage error when it cannot be read.
Result<void> read_launch_arguments(const std::vector<std::string> &arguments, CompareAsked &asked);

/// What is wrong with a combination of options, as a usage error.
Result<void> validate(const CompareAsked &asked);

} // namespace bootperf
