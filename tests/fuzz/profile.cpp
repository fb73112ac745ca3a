#include <algorithm>

#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "profile/difference.h"
#include "profile/profile_json.h"
#include "report/profile/formats.h"

namespace bootperf::fuzz {
namespace {

void require_exact_sums(const LaunchProfile &launch) {
  std::uint64_t left = launch.instructions;
  for (const ProfileRow &row : launch.rows) {
    require(row.instructions <= left, "no row has more than its launch");
    left -= row.instructions;
    require(row.spinning <= row.instructions, "what spins is part of what is executed");
  }
  require(left == 0, "the rows add up to their launch");
}

void require_good_to_print(const Profile &profile) {
  constexpr std::size_t most = 20;
  require_safe_text(profile_text(profile, most, file_style));
  require_safe_text(profile_folded(profile));
  require_safe_text(profile_callgrind(profile));
  require_safe_text(profile_csv(profile));
  require(profile_pprof(profile).has_value(), "pprof's form of it can be made");
  const ProfileDifference difference = compare_profiles(profile, profile);
  require(difference.changes.empty(), "a profile does not differ from itself");
  require_safe_text(difference_text(difference, most, file_style));
  require_good_json(difference_json(difference));
}

} // namespace

void profile(std::string_view input) {
  const Result<Profile> profile = parse_profile(input, "input");
  if (!profile)
    return require_good(profile.error());
  std::ranges::for_each(profile->launches, require_exact_sums);
  const std::string written = profile_json(*profile);
  const Result<Profile> again = parse_profile(written, "written");
  require(again && profile_json(*again) == written, "a profile comes back as it was written");
  require_good_to_print(*profile);
}

} // namespace bootperf::fuzz
