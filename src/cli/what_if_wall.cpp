#include "cli/what_if_wall.h"

#include <algorithm>
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

Result<std::int64_t> WallBlocks::run(std::int64_t block) {
  for (std::size_t made = 0; made < wall_blocks_wanted + most_blocks_lost; ++made) {
    const Round round = next_block(block + 1);
    if (round.orders.empty())
      break;
    ++block;
    for (const Result<Recorded> &result : campaign_.launch_all(round))
      if (!result && result.error().kind != ErrorKind::not_measured)
        return tl::unexpected(result.error());
    if (auto error = campaign_.given_up(variants_.front()))
      return tl::unexpected(std::move(*error));
  }
  return block;
}

} // namespace bootperf
