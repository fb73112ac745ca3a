#include "profile/profile.h"

#include <algorithm>
#include <map>
#include <utility>

namespace bootperf {

namespace {

void sort_rows(std::vector<ProfileRow> &rows) {
  std::sort(rows.begin(), rows.end(), [](const ProfileRow &a, const ProfileRow &b) {
    return std::pair(a.phase, a.function) < std::pair(b.phase, b.function);
  });
}

} // namespace

void add_launches(Profile &to, const Profile &from) {
  if (to.launches.empty() && to.environment.empty()) {
    to.environment = from.environment;
  }
  Indexes phases(to.phases);
  Indexes functions(to.functions);
  for (LaunchProfile launch : from.launches) {
    for (ProfileRow &row : launch.rows) {
      row.phase = phases.of(from.phases[row.phase]);
      row.function = functions.of(from.functions[row.function]);
    }
    sort_rows(launch.rows);
    to.launches.push_back(std::move(launch));
  }
}

std::vector<MeanRow> mean_rows(const Profile &profile) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, MeanRow> sums;
  const auto launches = static_cast<double>(profile.launches.size());
  for (const LaunchProfile &launch : profile.launches) {
    for (const ProfileRow &row : launch.rows) {
      MeanRow &sum = sums[{row.phase, row.function}];
      sum.phase = row.phase;
      sum.function = row.function;
      sum.instructions += static_cast<double>(row.instructions) / launches;
      sum.spinning += static_cast<double>(row.spinning) / launches;
      sum.runs += static_cast<double>(row.runs) / launches;
    }
  }
  std::vector<MeanRow> rows;
  rows.reserve(sums.size());
  for (const auto &[key, sum] : sums) {
    rows.push_back(sum);
  }
  return rows;
}

std::vector<MeanRow> mean_functions(const Profile &profile) {
  std::vector<MeanRow> functions(profile.functions.size());
  for (const MeanRow &row : mean_rows(profile)) {
    MeanRow &sum = functions[row.function];
    sum.function = row.function;
    sum.instructions += row.instructions;
    sum.spinning += row.spinning;
    sum.runs += row.runs;
  }
  std::erase_if(functions, [](const MeanRow &row) { return row.instructions == 0; });
  std::stable_sort(functions.begin(), functions.end(), [](const MeanRow &a, const MeanRow &b) {
    return a.instructions > b.instructions;
  });
  return functions;
}

double mean_instructions(const Profile &profile) {
  double sum = 0;
  for (const LaunchProfile &launch : profile.launches) {
    sum += static_cast<double>(launch.instructions) / static_cast<double>(profile.launches.size());
  }
  return sum;
}

} // namespace bootperf
