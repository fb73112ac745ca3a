#include "campaign/launch_order.h"

#include <utility>

#include "statistics/random.h"

namespace bootperf {
namespace {

// Each block draws from a generator of its own: a resumed comparison need not replay those before.
Random random_of(std::uint64_t seed, std::uint64_t number) {
  constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15;
  return Random(seed ^ (number * golden_ratio));
}

} // namespace

std::vector<PlannedLaunch> block_order(std::uint64_t seed, std::uint64_t number,
                                       const std::vector<std::string> &scenarios) {
  Random random = random_of(seed, number);
  std::vector<std::string> order = scenarios;
  shuffle(order, random);
  std::vector<PlannedLaunch> launches;
  for (const std::string &scenario : order) {
    std::vector<std::string> subjects = {"base", "head"};
    shuffle(subjects, random);
    for (std::string &subject : subjects)
      launches.push_back({std::move(subject), scenario});
  }
  return launches;
}

std::vector<PlannedLaunch> shuffled_order(std::uint64_t seed, std::uint64_t number,
                                          const std::string &scenario, std::size_t base,
                                          std::size_t head) {
  Random random = random_of(seed, number);
  std::vector<PlannedLaunch> launches(base, {"base", scenario});
  launches.insert(launches.end(), head, {"head", scenario});
  shuffle(launches, random);
  return launches;
}

} // namespace bootperf
