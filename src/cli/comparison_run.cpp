#include "cli/comparison_run.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "report/progress.h"
#include "verdict/blocks.h"
#include "verdict/compare.h"
#include "verdict/evidence.h"
#include "verdict/looks.h"

namespace bootperf {
namespace {

// Blocks with a failed launch are made up for, but not for ever.
constexpr std::uint64_t spare_blocks = 5;
// Counted launches that failed are made again, but not for ever.
constexpr int most_tries = 3;
// A comparison none of whose first launches came up is not going to be measured.
constexpr std::uint64_t hopeless_after = 3;

std::vector<std::string> names_of(const std::map<std::string, Mode> &scenarios) {
  std::vector<std::string> names;
  for (const auto &[name, mode] : scenarios)
    names.push_back(name);
  return names;
}

std::int64_t last_block(const Session &session) {
  std::int64_t last = 0;
  for (const Launch &launch : session.launches)
    last = std::max(last, launch.block.value_or(0));
  return last;
}

/// Of a session that nothing can come of: the first failure.
std::optional<Error> hopeless(const Session &session) {
  const bool came_up = std::ranges::any_of(session.launches, &Launch::is_sample);
  const auto failed =
      std::ranges::count_if(session.launches, [](const Launch &launch) { return !launch.ok; });
  if (came_up || static_cast<std::uint64_t>(failed) < hopeless_after)
    return std::nullopt;
  const auto first =
      std::ranges::find_if(session.launches, [](const Launch &launch) { return !launch.ok; });
  return Error{ErrorKind::not_measured,
               fmt::format("given up after {} failed launches: {}", failed, first->failure)};
}

} // namespace

ComparisonRun::ComparisonRun(ComparisonPlan plan, const Policy &policy, Recording &recording,
                             ComparisonDisplay &display)
    : plan_(std::move(plan)), policy_(policy), recording_(recording), display_(display) {}

Result<CheckReport> ComparisonRun::run() {
  began_ = Clock::now();
  if (const Result<void> warm = warm_up(); !warm)
    return tl::unexpected(warm.error());
  const bool counted = plan_.scenarios.begin()->second == Mode::counted;
  if (!counted)
    fix_budget();
  const Result<CheckReport> report = counted ? run_counted() : run_blocks();
  display_.clear();
  return report;
}

Result<void> ComparisonRun::warm_up() {
  const auto launches = static_cast<std::uint64_t>(plan_.warmup) * 2 * plan_.scenarios.size();
  const std::uint64_t budget = recording_.session().comparison->most_launches;
  planned_ = launches + budget;
  for (int number = 1; number <= plan_.warmup; ++number)
    for (const auto &[scenario, mode] : plan_.scenarios)
      for (const char *subject : {"base", "head"})
        if (const auto launched = launch({subject, scenario}, std::nullopt,
                                         fmt::format("warm-up {} of {}", number, plan_.warmup));
            !launched)
          return launched;
  warmups_ = Clock::now() - began_;
  return {};
}

/// A time is turned into launches once the warm-ups have shown how long one takes, because the
/// looks have to be planned before the first result is seen.
void ComparisonRun::fix_budget() {
  const Comparison &comparison = *recording_.session().comparison;
  if (comparison.most_launches > 0)
    return;
  const auto block = 2 * plan_.scenarios.size();
  const double a_launch =
      made_ > 0 ? std::chrono::duration<double>(warmups_).count() / static_cast<double>(made_) : 15;
  const double launches = static_cast<double>(comparison.most_seconds) / std::max(a_launch, 1e-3);
  const auto blocks =
      std::clamp<std::uint64_t>(static_cast<std::uint64_t>(launches) / block, 1, most_blocks);
  recording_.set_most_launches(blocks * block);
  planned_ = made_ + blocks * block;
  display_.say(fmt::format("{} s are time for {} blocks", comparison.most_seconds, blocks));
}

Result<CheckReport> ComparisonRun::run_blocks() {
  const std::vector<std::string> scenarios = names_of(plan_.scenarios);
  const std::uint64_t most =
      recording_.session().comparison->most_launches / (2 * scenarios.size());
  const std::uint64_t seconds = recording_.session().comparison->most_seconds;
  const auto time_over = [&] {
    return seconds > 0 && Clock::now() - began_ >= std::chrono::seconds(seconds);
  };
  // Of n blocks no p is below 1 / 2ⁿ.
  if (const auto least = static_cast<std::uint64_t>(std::ceil(-std::log2(policy_.alpha)));
      most < least)
    display_.say(fmt::format("WARNING: the budget is {} blocks, and it takes {} to decide anything "
                             "at an error rate of {:.2g}",
                             most, least, policy_.alpha));
  CheckReport report = judge();
  std::int64_t block = last_block(recording_.session());
  const auto complete = [&] {
    return report.checks.empty() ? 0 : report.checks.front().comparison->blocks;
  };
  for (std::uint64_t tried = 0;
       !all_decided(report) && complete() < most && tried < most + spare_blocks && !time_over();
       ++tried) {
    ++block;
    for (const PlannedLaunch &planned :
         block_order(recording_.session().seed, static_cast<std::uint64_t>(block), scenarios))
      if (const auto launched =
              launch(planned, block, fmt::format("block {} of {}", complete() + 1, most));
          !launched)
        return tl::unexpected(launched.error());
    if (const auto error = hopeless(recording_.session()))
      return tl::unexpected(*error);
    report = judge();
    display_.standing(report);
  }
  return report;
}

Result<CheckReport> ComparisonRun::run_counted() {
  const std::string scenario = plan_.scenarios.begin()->first;
  CheckReport report = judge();
  Look wanted;
  std::int64_t block = last_block(recording_.session());
  for (const Look &round : counted_rounds) {
    wanted = {wanted.base + round.base, wanted.head + round.head};
    const auto missing = [&] {
      return Look{wanted.base - std::min(wanted.base, samples("base")),
                  wanted.head - std::min(wanted.head, samples("head"))};
    };
    for (int tries = 0; tries < most_tries; ++tries) {
      const Look more = missing();
      if (more.base + more.head == 0)
        break;
      ++block;
      const auto order =
          shuffled_order(recording_.session().seed, static_cast<std::uint64_t>(block), scenario,
                         more.base, more.head);
      if (const auto launched = launch_all(order, block, "counted"); !launched)
        return tl::unexpected(launched.error());
      if (const auto error = hopeless(recording_.session()))
        return tl::unexpected(*error);
    }
    report = judge();
    display_.standing(report);
    if (all_decided(report) || missing().base + missing().head > 0)
      break;
  }
  return report;
}

Result<void> ComparisonRun::launch_all(const std::vector<PlannedLaunch> &order, std::int64_t block,
                                       const std::string &what) {
  std::atomic<std::size_t> next = 0;
  std::vector<Result<void>> results(order.size());
  const auto work = [&] {
    for (std::size_t i = next++; i < order.size(); i = next++)
      results[i] = launch(order[i], block, fmt::format("{} {} of {}", what, i + 1, order.size()));
  };
  {
    std::vector<std::jthread> others;
    for (int job = 1; job < plan_.jobs; ++job)
      others.emplace_back(work);
    work();
  }
  for (const Result<void> &result : results)
    if (!result)
      return result;
  return {};
}

Result<void> ComparisonRun::launch(const PlannedLaunch &planned, std::optional<std::int64_t> block,
                                   const std::string &what) {
  const std::string text = fmt::format("{}: {}, {}", what, planned.subject, planned.scenario);
  LaunchRequest request = plan_.requests.at(planned.subject);
  request.mode = plan_.scenarios.at(planned.scenario);
  for (int rebuilt = 0; rebuilt < most_rebuilds; ++rebuilt) {
    {
      const std::scoped_lock lock(mutex_);
      display_.launching(text, left());
    }
    const auto recorded = recording_.launch(request, {.scenario = planned.scenario,
                                                      .subject = planned.subject,
                                                      .warmup = !block,
                                                      .block = block});
    if (!recorded)
      return tl::unexpected(recorded.error());
    const std::scoped_lock lock(mutex_);
    ++made_;
    for (const std::string &warning : recorded->warnings)
      display_.say("WARNING: " + printable(warning));
    display_.launched(text, outcome_text(recorded->launch), left());
    if (!recorded->launch.appliance_rebuilt || !block)
      return {};
  }
  return tl::unexpected(never_warm(planned.subject));
}

CheckReport ComparisonRun::judge() {
  return compare(recording_.session(), policy_, {});
}

std::optional<std::chrono::seconds> ComparisonRun::left() const {
  const std::uint64_t open = planned_ - std::min(planned_, made_);
  return time_left(Clock::now() - began_, static_cast<int>(made_), static_cast<int>(open));
}

std::size_t ComparisonRun::samples(const std::string &subject) const {
  return samples_of(recording_.session(), plan_.scenarios.begin()->first, subject).launches.size();
}

} // namespace bootperf
