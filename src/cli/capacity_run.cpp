#include "cli/capacity_run.h"

#include <fmt/format.h>

#include "capacity/memory.h"

namespace bootperf {
namespace {

/// Launches of one level; what stops everything, if anything does.
Result<void> launch_level(Campaign &campaign, const Variant &variant, std::size_t at_once,
                          std::size_t launches) {
  Round round{.orders = {}, .jobs = static_cast<int>(at_once)};
  for (std::size_t i = 1; i <= launches; ++i)
    round.orders.push_back({&variant, fmt::format("{} at once, {}/{}", at_once, i, launches), {}});
  for (const Result<Recorded> &result : campaign.launch_all(round))
    if (!result && stops_everything(result.error()))
      return tl::unexpected(result.error());
  return {};
}

} // namespace

Result<void> run_capacity(const CapacityPlan &plan, Recording &recording,
                          CampaignObserver &observer,
                          const std::function<void(const CapacityLevel &)> &level_ended) {
  Campaign campaign(recording, observer);
  const Variant alone{
      .scenario = plan.scenario, .subject = "warm-up", .request = plan.request, .name = "a guest"};
  if (const Result<void> warm =
          campaign.warm_up({&alone}, {1, {}}, [](const Variant &, int) { return "warm-up"; });
      !warm)
    return warm;
  if (auto error = campaign.given_up(alone))
    return tl::unexpected(std::move(*error));
  CapacityRun run;
  recording.set_capacity(run);
  for (std::size_t at_once = 1; run.ended.empty(); at_once *= 2) {
    if (at_once > plan.most_at_once)
      run.ended = fmt::format("more than {} at once were not asked for", plan.most_at_once);
    else
      run.ended =
          no_memory_for(at_once, largest_guest(recording.session()), plan.available_memory());
    if (!run.ended.empty())
      break;
    Variant variant = alone;
    variant.subject = level_subject(at_once);
    const std::int64_t began = plan.now_ns();
    if (const Result<void> made = launch_level(campaign, variant, at_once, at_once * plan.rounds);
        !made)
      return made;
    run.levels.push_back({at_once, static_cast<std::uint64_t>(plan.now_ns() - began)});
    recording.set_capacity(run);
    const Result<CapacityCurve> curve = capacity_curve(recording.session());
    if (!curve)
      return tl::unexpected(curve.error());
    level_ended(curve->levels.back());
    if (!still_grows(*curve))
      run.ended = fmt::format("{} at once make no more guests a minute", at_once);
  }
  recording.set_capacity(run);
  return {};
}

} // namespace bootperf
