#include "whatif/wall_time.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "base/text.h"
#include "statistics/hodges_lehmann.h"
#include "statistics/summary.h"
#include "verdict/samples/phase_samples.h"
#include "whatif/ranking.h"

namespace bootperf {
namespace {

// The exact distribution of the signed rank ends there.
constexpr std::size_t most_wall_blocks = 200;

/// What guestfs_launch took, by block; of a block that was tried twice, the first time.
std::map<std::int64_t, double> launches_by_block(const Session &session,
                                                 const std::string &subject) {
  std::map<std::int64_t, double> launches;
  for (const Launch &launch : session.launches)
    if (launch.scenario == wall_scenario && launch.subject == subject && launch.is_sample() &&
        launch.block && launch.wall_ns > 0)
      launches.emplace(*launch.block, static_cast<double>(launch.wall_ns));
  return launches;
}

struct Pairs {
  std::vector<double> as_it_is, with, log_ratios;
};

Pairs pairs_of(const Session &session, const std::string &lever) {
  const auto as_it_is = launches_by_block(session, as_it_is_subject);
  Pairs pairs;
  for (const auto &[block, with] : launches_by_block(session, lever))
    if (const auto found = as_it_is.find(block);
        found != as_it_is.end() && pairs.with.size() < most_wall_blocks) {
      pairs.as_it_is.push_back(found->second);
      pairs.with.push_back(with);
      pairs.log_ratios.push_back(std::log(with / found->second));
    }
  return pairs;
}

} // namespace

std::size_t wall_blocks(const Session &session, const std::string &lever) {
  return pairs_of(session, lever).with.size();
}

std::string wall_accelerator(const Session &session) {
  const Scenario *const scenario = session.scenario(wall_scenario, as_it_is_subject);
  return scenario ? text_under(scenario->keys, "accel") : "";
}

std::optional<WallTime> wall_time(const Session &session, const std::string &lever) {
  const Pairs pairs = pairs_of(session, lever);
  const std::string failure = sample_launches(session, wall_scenario, lever).failure;
  if (pairs.with.empty())
    return failure.empty() ? std::nullopt : std::optional(WallTime{.failure = failure});
  const HodgesLehmann change = hodges_lehmann(pairs.log_ratios, 1 - wall_confidence);
  return WallTime{.failure = failure,
                  .blocks = pairs.with.size(),
                  .as_it_is_ns = summarise(pairs.as_it_is).median,
                  .with_ns = summarise(pairs.with).median,
                  .ratio = std::exp(change.estimate),
                  .low = std::exp(change.low),
                  .high = std::exp(change.high)};
}

} // namespace bootperf
