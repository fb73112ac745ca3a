#include "profile/excerpt.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "profile/difference.h"
#include "profile/profile_json.h"

namespace bootperf {

namespace {

const LaunchProfile &middle_launch(const Profile &profile) {
  std::vector<const LaunchProfile *> launches;
  for (const LaunchProfile &launch : profile.launches) {
    launches.push_back(&launch);
  }
  const auto middle = launches.begin() + static_cast<std::ptrdiff_t>((launches.size() - 1) / 2);
  std::ranges::nth_element(launches, middle, {}, &LaunchProfile::instructions);
  return **middle;
}

/// The profile with those rows of its launches added up, by phase and object, that are not to be
/// named. Functions that no row has any more are gone.
template <class IsNamed>
Profile added_up(const Profile &profile, const IsNamed &is_named) {
  Profile result;
  result.environment = profile.environment;
  result.phases = profile.phases;
  Indexes functions(result.functions);
  for (const LaunchProfile &launch : profile.launches) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, ProfileRow> rows;
    for (const ProfileRow &row : launch.rows) {
      const ProfileFunction &function = profile.functions[row.function];
      const std::uint32_t index = functions.of(
          is_named(row) ? function : ProfileFunction{function.object, other_functions});
      ProfileRow &sum = rows[{row.phase, index}];
      sum.phase = row.phase;
      sum.function = index;
      sum.instructions += row.instructions;
      sum.spinning += row.spinning;
      sum.runs += row.runs;
    }
    LaunchProfile &made = result.launches.emplace_back();
    made.instructions = launch.instructions;
    for (const auto &[key, row] : rows) {
      made.rows.push_back(row);
    }
  }
  return result;
}

Profile with_rows_from(const Profile &profile, std::uint64_t least) {
  return added_up(profile, [&](const ProfileRow &row) { return row.instructions >= least; });
}

bool is_sum(const Profile &profile, const ProfileRow &row) {
  return profile.functions[row.function].name == other_functions;
}

/// What the least of the named rows ran; none when nothing is left out.
std::optional<std::uint64_t> least_named(const Profile &excerpt) {
  std::optional<std::uint64_t> least;
  bool leaves_out = false;
  for (const LaunchProfile &launch : excerpt.launches) {
    for (const ProfileRow &row : launch.rows) {
      if (is_sum(excerpt, row)) {
        leaves_out = true;
      } else {
        least = std::min(least.value_or(row.instructions), row.instructions);
      }
    }
  }
  return leaves_out ? std::optional(least.value_or(0)) : std::nullopt;
}

/// A row by what compare_profiles() takes for the same: phase, object and function.
using RowName = std::tuple<std::string, std::string, std::string>;

RowName name_of(const Profile &profile, const ProfileRow &row) {
  const ProfileFunction &function = profile.functions[row.function];
  return {profile.phases[row.phase], base_object(function.object), base_name(function.name)};
}

} // namespace

Result<Profile> excerpt_of(const Profile &profile, std::size_t most_bytes) {
  if (profile.launches.empty()) {
    return fail(ErrorKind::not_measured, "the profile holds no launch");
  }
  Profile one = profile;
  one.launches = {middle_launch(profile)};
  std::vector<std::uint64_t> counts = {0};
  for (const ProfileRow &row : one.launches[0].rows) {
    counts.push_back(row.instructions + 1);
  }
  std::ranges::sort(counts);
  // The larger the least row that is named, the smaller the file.
  const auto least = std::partition_point(counts.begin(), counts.end(), [&](std::uint64_t count) {
    return profile_json(with_rows_from(one, count)).size() > most_bytes;
  });
  if (least == counts.end()) {
    return fail(
        ErrorKind::input,
        fmt::format("even without a function the profile is larger than {} bytes", most_bytes));
  }
  return with_rows_from(one, *least);
}

Profile excerpted_like(const Profile &whole, const Profile &excerpt) {
  const auto least = least_named(excerpt);
  if (!least) {
    return whole;
  }
  std::set<RowName> named;
  for (const LaunchProfile &launch : excerpt.launches) {
    for (const ProfileRow &row : launch.rows) {
      if (!is_sum(excerpt, row)) {
        named.insert(name_of(excerpt, row));
      }
    }
  }
  return added_up(whole, [&](const ProfileRow &row) {
    return row.instructions >= *least || named.contains(name_of(whole, row));
  });
}

Profile part_of(const Profile &profile, const std::string &phase) {
  std::vector<bool> is_inside;
  for (const std::string &id : profile.phases) {
    is_inside.push_back(id == phase || id.starts_with(phase + " > "));
  }
  Profile part = profile;
  for (LaunchProfile &launch : part.launches) {
    std::erase_if(launch.rows, [&](const ProfileRow &row) { return !is_inside[row.phase]; });
    launch.instructions = 0;
    for (const ProfileRow &row : launch.rows) {
      launch.instructions += row.instructions;
    }
  }
  return part;
}

} // namespace bootperf
