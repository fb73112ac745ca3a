#include "cli/comparison_run.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include <fmt/format.h>

#include "report/launch/progress.h"
#include "statistics/interim_looks.h"
#include "verdict/compare/compare.h"
#include "verdict/compare/prospect.h"
#include "verdict/samples/blocks.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

// Blocks with a failed launch are made up for, but not for ever.
constexpr std::uint64_t spare_blocks = 5;
// Counted launches that failed are made again, but not for ever.
constexpr int most_tries = 3;

std::int64_t last_block(const Session &session) {
  std::int64_t last = 0;
  for (const Launch &launch : session.launches)
    last = std::max(last, launch.block.value_or(0));
  return last;
}

/// What a launch takes, of the warm-ups; building the appliance is paid once, and so is no part of
/// what each of the launches to come takes.
double seconds_a_launch(const Session &session, const CampaignStanding &warm) {
  constexpr double not_known = 15;
  if (warm.made == 0)
    return not_known;
  double building = 0;
  // Those of now are the last ones: before them may stand an interrupted comparison's.
  const std::size_t made = std::min(static_cast<std::size_t>(warm.made), session.launches.size());
  for (std::size_t i = session.launches.size() - made; i < session.launches.size(); ++i)
    if (session.launches[i].appliance_rebuilt)
      for (const Phase &phase : session.launches[i].phases.phases)
        if (phase.name == "supermin:build")
          building += static_cast<double>(phase.wall_ns) * 1e-9;
  const double all = std::chrono::duration<double>(warm.so_far).count();
  return std::max(all - building, 0.0) / warm.made;
}

/// The last three launches of a subject failed: whatever came up before, it does not any more.
bool failed_thrice(const Session &session, const std::string &subject) {
  constexpr int most = 3;
  int failures = 0;
  for (auto launch = session.launches.rbegin(); launch != session.launches.rend(); ++launch)
    if (launch->subject == subject) {
      if (launch->ok)
        return false;
      if (++failures == most)
        return true;
    }
  return false;
}

bool is_over_for_one(const Session &session) {
  return failed_thrice(session, "base") || failed_thrice(session, "head");
}

/// A regression that is certain decides the build: what else moved cannot change that.
bool is_settled(const CheckReport &report) {
  return all_decided(report) || report.exit == ExitCode::regressed;
}

/// What a launch of this session takes, in the mean of those that count; in seconds.
double mean_launch(const Session &session) {
  double sum = 0;
  std::size_t launches = 0;
  for (const Launch &launch : session.launches)
    if (launch.is_sample()) {
      sum += static_cast<double>(launch.wall_ns) * 1e-9;
      ++launches;
    }
  return launches == 0 ? 0 : sum / static_cast<double>(launches);
}

} // namespace

ComparisonRun::ComparisonRun(const ComparisonPlan &plan, const Policy &policy, Recording &recording,
                             ComparisonDisplay &display)
    : policy_(policy), recording_(recording), display_(display), campaign_(recording, display),
      warmup_(plan.warmup), jobs_(plan.jobs),
      counted_(plan.scenarios.begin()->second == Mode::counted) {
  for (const auto &[scenario, mode] : plan.scenarios) {
    scenarios_.push_back(scenario);
    for (const char *subject : {"base", "head"}) {
      Variant variant{.scenario = scenario,
                      .subject = subject,
                      .request = plan.requests.at(subject),
                      .name = subject};
      variant.request.mode = mode;
      variants_.push_back(std::move(variant));
    }
  }
}

Result<CheckReport> ComparisonRun::run() {
  began_ = Clock::now();
  if (const Result<void> warm = warm_up(); !warm)
    return tl::unexpected(warm.error());
  if (!counted_)
    fix_budget();
  began_ = Clock::now(); // a budget of time is for what counts
  Result<CheckReport> report = counted_ ? run_counted() : run_blocks();
  display_.clear();
  return report;
}

Result<void> ComparisonRun::warm_up() {
  campaign_.plan(warmup_ * static_cast<int>(variants_.size()) +
                 static_cast<int>(session().comparison->most_launches));
  std::vector<const Variant *> variants;
  for (const Variant &variant : variants_)
    variants.push_back(&variant);
  return campaign_.warm_up(variants, {warmup_, {}}, [&](const Variant &variant, int number) {
    return fmt::format("warm-up {} of {}: {}, {}", number, warmup_, variant.subject,
                       variant.scenario);
  });
}

/// A time is turned into launches once the warm-ups have shown how long one takes, because the
/// looks have to be planned before the first result is seen.
void ComparisonRun::fix_budget() {
  const Comparison &comparison = *session().comparison;
  if (comparison.most_launches > 0)
    return;
  const CampaignStanding warm = campaign_.standing();
  const auto block = variants_.size();
  const double a_launch = seconds_a_launch(session(), warm);
  const double launches = static_cast<double>(comparison.most_seconds) / std::max(a_launch, 1e-3);
  const auto blocks =
      std::clamp<std::uint64_t>(static_cast<std::uint64_t>(launches) / block, 1, most_blocks);
  recording_.set_most_launches(blocks * block);
  campaign_.plan(warm.made + static_cast<int>(blocks * block));
  display_.say(fmt::format("{} s are time for {} blocks", comparison.most_seconds, blocks));
}

/// That no block of the budget is likely to decide anything, and what would; "" where one may.
std::string ComparisonRun::why_hopeless(const CheckReport &report, std::uint64_t most) const {
  if (report.checks.empty() || !report.checks.front().comparison)
    return "";
  const ComparisonOutcome &comparison = *report.checks.front().comparison;
  if (!is_out_of_reach(comparison.to_decide.one, most))
    return "";
  std::string text = fmt::format(
      "stopped after {} blocks: at this load it would take about {} launches to decide, and the "
      "budget is {}",
      comparison.blocks, comparison.launches_to_decide(), most * variants_.size());
  // Launches of several processors cannot be counted.
  if (std::ranges::any_of(
          variants_, [](const Variant &variant) { return variant.request.smp.value_or(1) > 1; }))
    return text;
  constexpr int counted_launches = counted_rounds[0].base + counted_rounds[0].head;
  const auto seconds = static_cast<std::int64_t>(counted_launches * mean_launch(session()));
  return text + fmt::format("; `--mode counted` decides with {}, in about {}", counted_launches,
                            clock_text(std::chrono::seconds(seconds)));
}

Result<CheckReport> ComparisonRun::run_blocks() {
  const std::uint64_t most = session().comparison->most_launches / variants_.size();
  const std::uint64_t seconds = session().comparison->most_seconds;
  const auto time_over = [&] {
    return seconds > 0 && Clock::now() - began_ >= std::chrono::seconds(seconds);
  };
  // Of n blocks no p is below 1 / 2ⁿ.
  if (const auto least = static_cast<std::uint64_t>(std::ceil(-std::log2(policy_.alpha)));
      most < least)
    display_.say(fmt::format("WARNING: the budget is {} blocks, and it takes {} to decide anything "
                             "at an error rate of {:.2g}",
                             most, least, policy_.alpha));
  CheckReport report;
  std::int64_t block = last_block(session());
  std::uint64_t tried = 0;
  const auto next = [&]() -> std::optional<Round> {
    report = judge();
    if (tried > 0)
      display_.standing(report);
    const std::uint64_t complete =
        report.checks.empty() ? 0 : report.checks.front().comparison->blocks;
    if (is_settled(report) || is_over_for_one(session()) || complete >= most ||
        tried >= most + spare_blocks || time_over())
      return std::nullopt;
    if (const std::string hopeless = why_hopeless(report, most); !hopeless.empty()) {
      display_.say(hopeless);
      return std::nullopt;
    }
    ++tried;
    ++block;
    Round round =
        round_of(block_order(session().seed, static_cast<std::uint64_t>(block), scenarios_), block);
    for (Order &order : round.orders)
      order.what = fmt::format("block {} of {}: {}", complete + 1, most, order.what);
    return round;
  };
  return campaign_.run(next).map([&] { return std::move(report); });
}

Result<CheckReport> ComparisonRun::run_counted() {
  CheckReport report;
  std::int64_t block = last_block(session());
  std::size_t number = 0;
  InterimLook wanted = counted_rounds[0];
  int tries = 0;
  const auto next = [&]() -> std::optional<Round> {
    for (;;) {
      const std::size_t base = wanted.base - std::min(wanted.base, samples("base"));
      const std::size_t head = wanted.head - std::min(wanted.head, samples("head"));
      const bool complete = base + head == 0;
      if (!complete && tries++ < most_tries && !is_over_for_one(session())) {
        ++block;
        Round round = round_of(shuffled_order(session().seed, static_cast<std::uint64_t>(block),
                                              scenarios_.front(), base, head),
                               block);
        round.jobs = jobs_;
        for (std::size_t i = 0; i < round.orders.size(); ++i)
          round.orders[i].what =
              fmt::format("counted {} of {}: {}", i + 1, round.orders.size(), round.orders[i].what);
        return round;
      }
      report = judge();
      display_.standing(report);
      if (is_settled(report) || !complete || ++number == std::size(counted_rounds))
        return std::nullopt;
      wanted.base += counted_rounds[number].base;
      wanted.head += counted_rounds[number].head;
      tries = 0;
    }
  };
  return campaign_.run(next).map([&] { return std::move(report); });
}

Round ComparisonRun::round_of(const std::vector<PlannedLaunch> &launches,
                              std::int64_t block) const {
  Round round;
  for (const PlannedLaunch &planned : launches) {
    const auto variant = std::ranges::find_if(variants_, [&](const Variant &each) {
      return each.subject == planned.subject && each.scenario == planned.scenario;
    });
    round.orders.push_back(
        {&*variant, fmt::format("{}, {}", planned.subject, planned.scenario), block});
  }
  return round;
}

CheckReport ComparisonRun::judge() {
  return compare_session(session(), policy_, {});
}

std::size_t ComparisonRun::samples(const std::string &subject) const {
  return sample_launches(session(), scenarios_.front(), subject).launches.size();
}

} // namespace bootperf
