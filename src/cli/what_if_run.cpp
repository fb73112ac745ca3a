#include "cli/what_if_run.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "capture/launcher/code_launch.h"
#include "capture/symbols/kernel_symbols.h"
#include "cli/what_if_floor.h"
#include "cli/what_if_wall.h"
#include "verdict/samples/phase_samples.h"
#include "whatif/preparation.h"
#include "whatif/ranking.h"

namespace bootperf {
namespace {

// A lever may keep the guest from coming up: so much longer than the boot as it is, it is waited
// for.
constexpr int times_as_long = 5;
constexpr std::chrono::seconds least_deadline{60};
// An appliance that is built costs about as much as a launch.
constexpr int launches_to_build = 2;
constexpr double gigabytes_an_appliance = 0.4;
// What a launch takes before guestfs_launch and behind it.
constexpr double beside_launch_s = 1;
// The boot as it is may fail now and then; all the time is its end (Campaign).
constexpr std::size_t most_failures_a_round = 2;

LeverTrial trial_of(const Lever &lever, const std::string &refused, const std::string &uncounted) {
  LeverTrial trial{lever.name, lever.actor, lever.what, lever.adopt, refused, uncounted, {}};
  for (const LeverProof &proof : lever.proofs)
    if (proof.by == ProofBy::less_work)
      trial.less_work.push_back(proof.text);
  return trial;
}

std::int64_t last_block_of(const Session &session) {
  std::int64_t last = 0;
  for (const Launch &launch : session.launches)
    last = std::max(last, launch.block.value_or(0));
  return last;
}

} // namespace

WhatIfRun::WhatIfRun(const WhatIfPlan &plan, std::vector<Lever> &levers,
                     const ProvingLauncher &prover, Recording &recording, Progress &progress)
    : plan_(plan), levers_(levers), prover_(prover), recording_(recording), progress_(progress),
      display_(progress), campaign_(recording, display_), base_{.scenario = lever_scenario,
                                                                .subject = as_it_is_subject,
                                                                .request = plan.as_it_is,
                                                                .name = "the boot as it is"},
      block_(last_block_of(recording.session())), is_resumed_(block_ > 0) {}

Result<void> WhatIfRun::run() {
  if (const Result<void> warm = warm_up(); !warm)
    return warm;
  find_delay_loops();
  for (const Lever &lever : plan_.levers)
    add_trial(lever, false);
  publish();
  say_plan();
  const Result<void> tried = try_levers();
  return tried ? launch_floor() : tried;
}

Result<void> WhatIfRun::try_levers() {
  const std::size_t base = base_launches();
  if (const Result<void> launched = launch_all_rounds(0); !launched)
    return launched;
  if (const Result<void> launched = launch_wall(false); !launched || !plan_.together)
    return launched;
  add_combinations();
  publish();
  // The boot as it is is launched anew among them: what they are compared with is of the same
  // minutes.
  if (std::ranges::none_of(trials_, &Trial::is_combination))
    return {};
  const Result<void> launched = launch_all_rounds(base);
  return launched ? launch_wall(true) : launched;
}

/// The boot as it is, quiet, and each lever that came up so far; of the combinations only all
/// together, which is what the user would get.
std::list<Variant> WhatIfRun::wall_variants(bool combinations) const {
  std::list<Variant> variants = {quiet_variant(base_)};
  for (const Trial &trial : trials_)
    if (is_launched(trial) && trial.is_combination == combinations &&
        (!combinations || trial.variant.subject == all_together))
      variants.push_back(quiet_variant(trial.variant));
  return variants;
}

Result<void> WhatIfRun::launch_wall(bool combinations) {
  if (!plan_.wall)
    return {};
  const std::list<Variant> variants = wall_variants(combinations);
  WallBlocks blocks(variants, recording_, campaign_, progress_);
  // What was planned for all levers may be more than came up.
  const int launches = static_cast<int>(blocks.missing());
  campaign_.plan(campaign_.standing().made + launches);
  progress_.add(combinations ? launches : launches - planned_wall_);
  const Result<std::int64_t> block = blocks.run(block_);
  if (block) {
    block_ = *block;
    return {};
  }
  if (stops_everything(block.error()))
    return tl::unexpected(block.error());
  // What was counted stands.
  progress_.say("not launched (any more) by the clock: " + printable(block.error().message));
  block_ = last_block_of(recording_.session());
  return {};
}

/// Guests that only come up. One that cannot be had, or does not, is told with the reason.
Result<void> WhatIfRun::launch_floor() {
  const FloorRound floor =
      floor_round(plan_.floor, base_.request, recording_.session(), plan_.jobs);
  const int launches = static_cast<int>(floor.round.orders.size());
  campaign_.plan(campaign_.standing().made + launches);
  progress_.add(launches);
  for (const Result<Recorded> &result : campaign_.launch_all(floor.round))
    if (!result && stops_everything(result.error()))
      return tl::unexpected(result.error());
  return {};
}

Result<void> WhatIfRun::warm_up() {
  const Result<void> warm = campaign_.warm_up(
      {&base_}, {1, {}}, [](const Variant &, int) { return "the boot as it is, warm-up"; });
  if (!warm)
    return warm;
  if (!prover_.as_it_is()) {
    const Session &session = recording_.session();
    return fail(ErrorKind::not_measured,
                "the boot as it is does not come up: " +
                    (session.launches.empty() ? "" : session.launches.back().failure));
  }
  warm_launch_ = std::chrono::nanoseconds(recording_.session().launches.back().wall_ns);
  return {};
}

/// The kernel's code lies in the same place whatever the lever: launches with one need not ask it
/// anew.
void WhatIfRun::find_delay_loops() {
  const std::optional<ApplianceCode> code = kept_code(base_.request);
  if (!code)
    return;
  const Result<KernelSymbols> symbols =
      KernelSymbols::parse(code->kernel_symbols, "the appliance's symbols");
  const std::filesystem::path file = plan_.scratch / "loops";
  if (symbols && replace_file(file, delay_loops(*symbols)))
    base_.request.loops = file;
}

/// With what is in its way, if anything is.
void WhatIfRun::add_trial(const Lever &lever, bool is_combination) {
  Trial trial{.variant = {.scenario = lever_scenario,
                          .subject = lever.name,
                          .request = {},
                          .name = lever.name},
              .refused = {},
              .is_combination = is_combination};
  if (const auto missing = missing_need(lever.needs))
    trial.refused = *missing;
  else if (const auto already = already_so(lever, prover_.as_it_is().value_or(LaunchEvidence())))
    trial.refused = *already;
  else if (plan_.wall)
    trial.uncounted = lever.uncounted;
  else if (!lever.uncounted.empty())
    trial.refused = lever.uncounted + "; --wall launches it by the clock";
  if (trial.refused.empty()) {
    progress_.say(fmt::format("preparing {}", lever.name));
    Result<LaunchRequest> request = prepare_lever(lever, base_.request, plan_.scratch / lever.name);
    if (request) {
      request->deadline = std::min(request->deadline,
                                   std::max(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                times_as_long * warm_launch_),
                                            std::chrono::milliseconds(least_deadline)));
      trial.variant.request = std::move(*request);
    } else {
      trial.refused = request.error().message;
    }
  }
  trials_.push_back(std::move(trial));
}

void WhatIfRun::publish() {
  WhatIf what_if;
  what_if.launches = static_cast<std::uint64_t>(plan_.launches);
  what_if.base_launches = base_launches();
  what_if.arguments = plan_.arguments;
  what_if.levers = plan_.fingerprint;
  for (const Guest &guest : plan_.floor)
    if (std::string refused = floor_refusal(guest); !refused.empty())
      what_if.floor_refused[guest.name] = std::move(refused);
  for (const Trial &trial : trials_) {
    const auto lever = std::ranges::find(levers_, trial.variant.subject, &Lever::name);
    what_if.trials.push_back(trial_of(*lever, trial.refused, trial.uncounted));
  }
  recording_.set_what_if(std::move(what_if));
}

std::size_t WhatIfRun::base_launches() const {
  auto tried = static_cast<std::size_t>(std::ranges::count_if(trials_, [](const Trial &trial) {
    return trial.refused.empty() && trial.uncounted.empty();
  }));
  if (tried == 0)
    return 1;
  // Whichever save will be tried together, and without each of them.
  if (plan_.together && std::ranges::none_of(trials_, &Trial::is_combination))
    tried = 2 * tried + 1;
  return base_launches_for(tried, static_cast<std::size_t>(plan_.launches), plan_.alpha);
}

void WhatIfRun::say_plan() {
  int levers = 0, counted = 0, builds = 0;
  for (const Trial &trial : trials_)
    if (trial.refused.empty()) {
      ++levers;
      counted += trial.uncounted.empty() ? 1 : 0;
      const auto lever = std::ranges::find(levers_, trial.variant.subject, &Lever::name);
      builds += lever->changes.changes_appliance() ? 1 : 0;
    }
  const int wanted = counted * plan_.launches + static_cast<int>(base_launches());
  const auto made = static_cast<int>(
      std::ranges::count_if(recording_.session().launches, [](const Launch &launch) {
        return launch.scenario == lever_scenario && launch.is_sample();
      }));
  const int launches = std::max(0, wanted - made);
  // If all levers come up that are launched.
  const std::list<Variant> quiet = wall_variants(false);
  const WallBlocks blocks(quiet, recording_, campaign_, progress_);
  planned_wall_ = plan_.wall ? static_cast<int>(blocks.missing()) : 0;
  const auto seconds = (std::chrono::duration<double>(warm_launch_).count() + beside_launch_s) *
                       (planned_wall_ + static_cast<double>(launches + launches_to_build * builds) /
                                            std::max(1, plan_.jobs));
  campaign_.plan(launches + builds + planned_wall_);
  progress_.add(launches + builds + planned_wall_);
  progress_.say(fmt::format(
      "{} lever{}, {} launch{} each, {} of the boot as it is{}, {} appliance{} to build ({:.1f} GB "
      "in {}): about {}{}",
      counted, counted == 1 ? "" : "s", plan_.launches, plan_.launches == 1 ? "" : "es",
      base_launches(),
      plan_.wall ? fmt::format(", {} quiet ones of each{} by the clock", wall_blocks_wanted,
                               levers > counted ? " and of those that cannot be counted" : "")
                 : "",
      builds, builds == 1 ? "" : "s", gigabytes_an_appliance * builds,
      printable(plan_.scratch.parent_path().string()),
      clock_text(std::chrono::seconds(static_cast<std::int64_t>(seconds))),
      plan_.together ? ", and then those that save together, as long again at most" : ""));
}

std::size_t WhatIfRun::samples(const std::string &subject) const {
  return sample_launches(recording_.session(), lever_scenario, subject).launches.size();
}

std::size_t WhatIfRun::failures(const std::string &subject) const {
  return sample_launches(recording_.session(), lever_scenario, subject).failed;
}

/// A launch of each lever and a share of the others in each round, so that a machine that changes
/// meanwhile changes for all.
Result<void> WhatIfRun::launch_all_rounds(std::size_t base_before) {
  const auto rounds = static_cast<std::size_t>(plan_.launches);
  for (std::size_t round = 1; round <= rounds; ++round) {
    std::map<std::string, std::size_t> wanted = {
        {as_it_is_subject, base_before + (base_launches() * round + rounds - 1) / rounds}};
    for (const Trial &trial : trials_)
      wanted[trial.variant.subject] = round;
    if (const Result<void> launched = launch_round(wanted); !launched)
      return launched;
  }
  return {};
}

/// It can be had, and came up so far.
bool WhatIfRun::is_launched(const Trial &trial) const {
  return trial.refused.empty() && failures(trial.variant.subject) == 0;
}

bool WhatIfRun::is_counted(const Trial &trial) const {
  return is_launched(trial) && trial.uncounted.empty();
}

/// A block that was interrupted is made whole: what is launched of it now belongs to what was
/// launched of it before, and is compared with it.
void WhatIfRun::begin_block() {
  if (!std::exchange(is_resumed_, false))
    ++block_;
}

/// Makes what is missing of so many launches. A lever that cannot be launched is left out, the
/// others go on.
Result<void> WhatIfRun::launch_round(const std::map<std::string, std::size_t> &wanted) {
  bool has_begun = false;
  const std::size_t failed_before = failures(as_it_is_subject);
  for (;;) {
    Round round{.orders = {}, .jobs = plan_.jobs};
    const auto order = [&](const Variant &variant) {
      const std::size_t made = samples(variant.subject);
      for (std::size_t i = made; i < wanted.at(variant.subject); ++i)
        round.orders.push_back(
            {&variant, fmt::format("{} {}/{}", variant.name, i + 1, wanted.at(variant.subject))});
    };
    const bool any_counted =
        std::ranges::any_of(trials_, [&](const Trial &trial) { return is_counted(trial); });
    const bool any_by_the_clock =
        std::ranges::any_of(trials_, [&](const Trial &trial) { return is_launched(trial); });
    // What the boot as it is executes is said beside levers that are launched by the clock, too.
    if (!any_counted && any_by_the_clock && samples(as_it_is_subject) > 0)
      return {};
    if (!any_counted && !any_by_the_clock) {
      progress_.say("no lever is left to be compared with the boot as it is");
      return {};
    }
    if (failures(as_it_is_subject) <= failed_before + most_failures_a_round)
      order(base_);
    for (const Trial &trial : trials_)
      if (is_counted(trial))
        order(trial.variant);
    if (round.orders.empty())
      return {};
    if (!std::exchange(has_begun, true))
      begin_block();
    for (Order &each : round.orders)
      each.block = block_;
    std::ranges::shuffle(round.orders, std::mt19937_64(recording_.session().seed +
                                                       static_cast<std::uint64_t>(block_)));
    for (const Result<Recorded> &result : campaign_.launch_all(round))
      if (!result && stops_everything(result.error()))
        return tl::unexpected(result.error());
    if (auto error = campaign_.given_up(base_))
      return tl::unexpected(std::move(*error));
    give_up_what_fails();
  }
}

/// Levers that could not be launched, or failed, are not launched again.
void WhatIfRun::give_up_what_fails() {
  bool refused_more = false;
  for (Trial &trial : trials_) {
    const std::string &name = trial.variant.subject;
    const auto error = campaign_.given_up(trial.variant);
    if (trial.is_over || !trial.refused.empty() || !(error || failures(name) > 0))
      continue;
    trial.is_over = true;
    remove_files(name);
    progress_.drop(plan_.launches - static_cast<int>(samples(name)) - 1);
    if (error) {
      trial.refused = error->message;
      refused_more = true;
    }
  }
  if (refused_more)
    publish();
}

/// An appliance takes hundreds of megabytes.
void WhatIfRun::remove_files(const std::string &lever) const {
  std::error_code ignored;
  std::filesystem::remove_all(plan_.scratch / lever, ignored);
}

void WhatIfRun::add_combinations() {
  const Result<LeverRanking> ranking = rank_levers(recording_.session(), plan_.alpha);
  if (!ranking)
    return;
  for (const Trial &trial : trials_)
    remove_files(trial.variant.subject);
  std::vector<Lever> saving;
  for (const LeverOutcome &outcome : ranking->outcomes)
    if (outcome.effect == LeverEffect::saves) {
      saving.push_back(*std::ranges::find(levers_, outcome.trial.lever, &Lever::name));
      // What contradicts a lever that saves more is left out.
      if (const Result<Lever> all = together(saving, std::string(all_together)); !all) {
        progress_.say(all.error().message + ": it is left out of all together");
        saving.pop_back();
      }
    }
  if (saving.size() < 2)
    return;
  std::vector<Lever> combinations = {together(saving, std::string(all_together)).value_or(Lever{})};
  for (std::size_t left_out = 0; saving.size() > 2 && left_out < saving.size(); ++left_out) {
    std::vector<Lever> others = saving;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    if (Result<Lever> without =
            together(others, std::string(together_without) + saving[left_out].name))
      combinations.push_back(std::move(*without));
  }
  for (Lever &combination : combinations) {
    levers_.push_back(combination);
    add_trial(combination, true);
  }
  const int launches = static_cast<int>(combinations.size()) * (plan_.launches + 1);
  campaign_.plan(campaign_.standing().made + launches);
  progress_.add(launches);
}

} // namespace bootperf
