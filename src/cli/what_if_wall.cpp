#include "cli/what_if_wall.h"

#include <algorithm>
#include <iterator>
#include <random>

#include <fmt/format.h>

#include "verdict/samples/phase_samples.h"
#include "whatif/wall_time.h"

namespace bootperf {
namespace {

// The boot as it is may fail now and then, and takes its block with it.
constexpr std::size_t most_blocks_lost = 3;

} // namespace

Variant quiet_variant(const Variant &counted) {
  Variant quiet = counted;
  quiet.scenario = wall_scenario;
  quiet.request.mode = Mode::quiet;
  quiet.request.loops.clear();
  return quiet;
}

bool WallBlocks::wants_more(const Variant &lever) const {
  const Session &session = recording_.session();
  return sample_launches(session, wall_scenario, lever.subject).failed == 0 &&
         !campaign_.given_up(lever) && wall_blocks(session, lever.subject) < wall_blocks_wanted;
}

std::size_t WallBlocks::missing() const {
  std::size_t launches = 0, blocks = 0;
  for (auto lever = std::next(variants_.begin()); lever != variants_.end(); ++lever)
    if (wants_more(*lever)) {
      const std::size_t made = wall_blocks(recording_.session(), lever->subject);
      launches += wall_blocks_wanted - made;
      blocks = std::max(blocks, wall_blocks_wanted - made);
    }
  return launches + blocks;
}

Round WallBlocks::next_block(std::int64_t block) const {
  Round round{.orders = {}, .jobs = 1};
  std::size_t least = wall_blocks_wanted;
  for (auto lever = std::next(variants_.begin()); lever != variants_.end(); ++lever)
    if (wants_more(*lever)) {
      const std::size_t made = wall_blocks(recording_.session(), lever->subject);
      least = std::min(least, made);
      round.orders.push_back(
          {&*lever, fmt::format("{}, quiet {}/{}", lever->name, made + 1, wall_blocks_wanted),
           block});
    }
  if (round.orders.empty())
    return round;
  round.orders.push_back(
      {&variants_.front(),
       fmt::format("{}, quiet {}/{}", variants_.front().name, least + 1, wall_blocks_wanted),
       block});
  std::ranges::shuffle(
      round.orders, std::mt19937_64(recording_.session().seed + static_cast<std::uint64_t>(block)));
  return round;
}

std::size_t WallBlocks::failures_as_it_is() const {
  return sample_launches(recording_.session(), wall_scenario, variants_.front().subject).failed;
}

/// By this launch it is found out whether KVM works: a lever with which it does not would decide
/// that for all.
Result<void> WallBlocks::warm_up() {
  const Result<void> warm =
      campaign_.warm_up({&variants_.front()}, {1, {}},
                        [](const Variant &, int) { return "the boot as it is, quiet warm-up"; });
  if (!warm)
    return warm;
  const std::vector<Launch> &launches = recording_.session().launches;
  const bool came_up = std::ranges::any_of(launches, [&](const Launch &launch) {
    return launch.scenario == wall_scenario && launch.subject == variants_.front().subject &&
           launch.ok;
  });
  if (!came_up)
    return fail(ErrorKind::not_measured, "the boot as it is does not come up quietly: " +
                                             (launches.empty() ? "" : launches.back().failure));
  return {};
}

Result<std::int64_t> WallBlocks::run(std::int64_t block) {
  if (missing() == 0)
    return block;
  if (const Result<void> warm = warm_up(); !warm)
    return tl::unexpected(warm.error());
  const std::size_t failed_before = failures_as_it_is();
  for (;;) {
    const Round round = next_block(block + 1);
    if (round.orders.empty())
      return block;
    ++block;
    const auto planned = static_cast<int>(missing() - round.orders.size());
    for (const Result<Recorded> &result : campaign_.launch_all(round))
      if (!result && stops_everything(result.error()))
        return tl::unexpected(result.error());
    progress_.add(static_cast<int>(missing()) - planned);
    if (auto error = campaign_.given_up(variants_.front()))
      return tl::unexpected(std::move(*error));
    if (failures_as_it_is() > failed_before + most_blocks_lost)
      return fail(ErrorKind::not_measured,
                  fmt::format("the boot as it is failed in {} blocks", most_blocks_lost + 1));
  }
}

} // namespace bootperf
