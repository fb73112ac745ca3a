#include "campaign/campaign.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>

#include <fmt/format.h>

namespace bootperf {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int most_failures = 3;
constexpr int came_up = -1; // for failures: there are none in a row from the first on any more

} // namespace

bool stops_everything(const Error &error) {
  return error.kind != ErrorKind::not_measured && error.kind != ErrorKind::usage;
}

Campaign::Campaign(Recording &recording, CampaignObserver &observer)
    : recording_(recording), observer_(observer) {
  for (const Launch &launch : recording.session().launches)
    if (launch.ok)
      fates_[{launch.scenario, launch.subject}].failures = came_up;
}

CampaignStanding Campaign::standing_now() const {
  return {began_ ? Clock::now() - *began_ : Clock::duration(0), made_, planned_};
}

CampaignStanding Campaign::standing() const {
  const std::scoped_lock lock(mutex_);
  return standing_now();
}

Result<void> Campaign::warm_up(const std::vector<const Variant *> &variants,
                               const WarmUps &warm_ups,
                               const std::function<std::string(const Variant &, int)> &what) {
  const auto began = Clock::now();
  const auto enough = [&](int made) {
    return made >= warm_ups.launches && Clock::now() - began >= warm_ups.least;
  };
  const auto all_given_up = [&] {
    return std::ranges::all_of(
        variants, [&](const Variant *variant) { return given_up(*variant).has_value(); });
  };
  for (int made = 0; !enough(made) && !all_given_up(); ++made)
    for (const Variant *variant : variants) {
      if (given_up(*variant))
        continue;
      const auto launched = launch_once({variant, what(*variant, made + 1)}, true);
      note(*variant, launched);
      if (!launched)
        return tl::unexpected(launched.error());
    }
  return {};
}

std::vector<Result<Recorded>> Campaign::launch_all(const Round &round) {
  std::atomic<std::size_t> next = 0;
  std::vector<Result<Recorded>> results(round.orders.size(), Recorded{});
  const auto work = [&] {
    for (std::size_t i = next++; i < results.size(); i = next++) {
      if (auto error = given_up_of(round.orders)) {
        results[i] = tl::unexpected(std::move(*error));
        continue;
      }
      results[i] = launch_warm(round.orders[i]);
      note(*round.orders[i].variant, results[i]);
    }
  };
  {
    std::vector<std::jthread> others;
    const std::size_t jobs =
        std::min(static_cast<std::size_t>(std::max(round.jobs, 1)), results.size());
    for (std::size_t job = 1; job < jobs; ++job)
      others.emplace_back(work);
    work();
  }
  return results;
}

Result<void> Campaign::run(const std::function<std::optional<Round>()> &next) {
  while (const std::optional<Round> round = next()) {
    for (const Result<Recorded> &result : launch_all(*round))
      if (!result)
        return tl::unexpected(result.error());
    if (auto error = given_up_of(round->orders))
      return tl::unexpected(std::move(*error));
  }
  return {};
}

Result<Recorded> Campaign::launch_warm(const Order &given) {
  Order order = given;
  for (int rebuilt = 0; rebuilt < most_rebuilds; ++rebuilt) {
    auto launched = launch_once(order, false);
    if (!launched || !(launched->launch.appliance_rebuilt || launched->launch.warmup))
      return launched;
    const std::scoped_lock lock(mutex_);
    ++planned_;
    observer_.repeats();
    order.what = given.what + ", again";
  }
  const Variant &variant = *given.variant;
  return tl::unexpected(never_warm(variant.name.empty() ? variant.scenario : variant.name));
}

Result<Recorded> Campaign::launch_once(const Order &order, bool warm_up) {
  {
    const std::scoped_lock lock(mutex_);
    began_ = began_.value_or(Clock::now());
    observer_.launching(order.what, standing_now());
  }
  const Variant &variant = *order.variant;
  const auto recorded = recording_.launch(variant.request, {.scenario = variant.scenario,
                                                            .subject = variant.subject,
                                                            .warmup = warm_up,
                                                            .cold = variant.cold,
                                                            .block = order.block});
  if (!recorded)
    return recorded;
  const std::scoped_lock lock(mutex_);
  ++made_;
  for (const std::string &warning : recorded->warnings)
    observer_.warned(warning);
  observer_.launched(order.what, recorded->launch, standing_now());
  return recorded;
}

void Campaign::note(const Variant &variant, const Result<Recorded> &result) {
  const std::scoped_lock lock(mutex_);
  Fate &fate = fates_[{variant.scenario, variant.subject}];
  if (!result) {
    fate.given_up = result.error();
  } else if (result->launch.ok) {
    fate.failures = came_up;
  } else if (fate.failures >= 0 && ++fate.failures == most_failures) {
    fate.given_up = Error{ErrorKind::not_measured,
                          fmt::format("{}given up after {} failed launches in a row: {}",
                                      variant.name.empty() ? "" : variant.name + ": ",
                                      most_failures, result->launch.failure)};
  }
}

std::optional<Error> Campaign::given_up(const Variant &variant) const {
  const std::scoped_lock lock(mutex_);
  const auto fate = fates_.find({variant.scenario, variant.subject});
  return fate == fates_.end() ? std::nullopt : fate->second.given_up;
}

std::optional<Error> Campaign::given_up_of(const std::vector<Order> &orders) const {
  for (const Order &order : orders)
    if (auto error = given_up(*order.variant))
      return error;
  return std::nullopt;
}

} // namespace bootperf
