#include "whatif/ranking.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "session/collect.h"
#include "verdict/check/judge.h"
#include "verdict/explain/places.h"
#include "verdict/samples/measuring_fault.h"
#include "verdict/samples/phase_samples.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

constexpr std::size_t most_places = 3;
// What a phase changed by has to be a tenth of what the launch did to be named.
constexpr double least_share_of_change = 0.1;
constexpr double most_of_change = 0.5;

struct Side {
  SampleLaunches launches;
  std::vector<PhaseValues> values;
};

Side side_of(SampleLaunches launches) {
  Side side;
  side.values = phase_values(launches, Metric::instructions);
  side.launches = std::move(launches);
  return side;
}

/// Of the boot as it is, the launches that were made among these ones, round by round: what changes
/// on the machine meanwhile changes for both.
SampleLaunches made_among(SampleLaunches as_it_is, const SampleLaunches &with) {
  if (with.launches.empty())
    return as_it_is;
  const auto [first, last] = std::ranges::minmax(
      with.launches, {}, [](const Launch *launch) { return launch->block.value_or(0); });
  std::erase_if(as_it_is.launches, [&](const Launch *launch) {
    const std::int64_t block = launch->block.value_or(0);
    return block < first->block.value_or(0) || block > last->block.value_or(0);
  });
  return as_it_is;
}

/// The launch's work and waiting, as a family.
struct LaunchColumns {
  std::optional<PhaseVerdict> work, waiting;
};

/// A lever may save or cost: its two one-sided tests are two of the family.
std::size_t tests_of(std::size_t levers) {
  return 2 * std::max<std::size_t>(levers, 1);
}

// The share of one lever among a thousand is 1 / 200,000: so small has a p to get.
constexpr std::uint64_t most_assignments = 200'000;

LaunchColumns launch_columns(const Side &base, const Side &with, double alpha, std::uint64_t seed) {
  LaunchColumns columns;
  const Column work{std::string(launch_id)}, waiting{std::string(launch_id), Quantity::waiting};
  for (PhaseVerdict &column : test_launch_level({work, waiting}, {base.values, with.values},
                                                {alpha, alpha, alpha}, {seed, most_assignments}))
    (column.waiting ? columns.waiting : columns.work) = std::move(column);
  return columns;
}

/// Of times waited the ratio is of times with waiting_offset_ns added.
double least_of(const PhaseVerdict &column) {
  return column.waiting ? least_waiting_saved_ns / (column.baseline_mean + waiting_offset_ns)
                        : least_work_saved;
}

bool is_less(const std::optional<PhaseVerdict> &column, double alpha) {
  return column && column->p_faster <= alpha && column->ratio <= 1 - least_of(*column);
}

bool is_more(const std::optional<PhaseVerdict> &column, double alpha) {
  return column && column->p_slower <= alpha && column->ratio >= 1 + least_of(*column);
}

/// What was not measured stands in nobody's way.
bool is_within(const std::optional<PhaseVerdict> &column) {
  return !column || std::abs(column->ratio - 1) + column->half_width < least_of(*column);
}

/// Of a lever whose work was measured. That it changes nothing is shown by two one-sided tests,
/// each at the whole alpha (Schuirmann 1987), which the interval at twice that is: the promise that
/// all levers share is about changes that are none.
LeverEffect effect_of(const LaunchColumns &tested, double share,
                      const LaunchColumns &at_twice_alpha) {
  const bool saves = is_less(tested.work, share) || is_less(tested.waiting, share);
  const bool costs = is_more(tested.work, share) || is_more(tested.waiting, share);
  if (saves && costs)
    return LeverEffect::trades;
  if (saves || costs)
    return saves ? LeverEffect::saves : LeverEffect::costs;
  return is_within(at_twice_alpha.work) && is_within(at_twice_alpha.waiting)
             ? LeverEffect::none
             : LeverEffect::not_known;
}

bool is_work_of(const Phase &phase, const std::string &name) {
  return phase.instructions && (phase.name == name || phase.name.starts_with(name + " "));
}

/// The work of the phases of a name, repeats included, in a launch; in all launches' mean. None
/// where a launch does not have it: that is not known to be nothing.
std::optional<double> work_in(const Side &side, const std::string &name) {
  double all = 0;
  for (const Launch *launch : side.launches.launches) {
    bool has_it = false;
    for (const Phase &phase : launch->phases.phases)
      if (is_work_of(phase, name)) {
        all += static_cast<double>(*phase.instructions);
        has_it = true;
      }
    if (!has_it)
      return std::nullopt;
  }
  if (side.launches.launches.empty())
    return std::nullopt;
  return all / static_cast<double>(side.launches.launches.size());
}

/// No launch has a phase of that name.
bool is_gone(const Side &side, const std::string &name) {
  return std::ranges::none_of(side.launches.launches, [&](const Launch *launch) {
    return std::ranges::any_of(launch->phases.phases,
                               [&](const Phase &phase) { return is_work_of(phase, name); });
  });
}

/// The phase whose work should have become less and did not, for people; "" when all did. Of levers
/// tried as one, each of which was proved by itself, another may leave the phase out.
std::string unproved(const LeverTrial &trial, const Side &base, const Side &with) {
  constexpr double at_most = 0.99;
  for (const std::string &name : trial.less_work) {
    if (trial.lever.starts_with(all_together) && is_gone(with, name))
      continue;
    const std::optional<double> before = work_in(base, name), now = work_in(with, name);
    if (!before || !now)
      return fmt::format("it is proved by less work in {}, which is not measured in every launch",
                         name);
    if (*now > at_most * *before)
      return fmt::format("the lever had no effect: {} executes no less", name);
  }
  return "";
}

/// Of a phase that changed the phases inside it that are the change, as long as one of them is most
/// of it; else itself. Launches are not named down to each module that is loaded.
void add_places(const PhaseVerdict &phase, std::vector<PhaseVerdict> &places) {
  const bool has_one_that_is_most_of_it =
      std::ranges::any_of(phase.places, [&](const PhaseVerdict &child) {
        return child.verdict == phase.verdict && child.contribution >= most_of_change;
      });
  if (!has_one_that_is_most_of_it) {
    places.push_back(phase);
    places.back().places.clear();
    return;
  }
  for (const PhaseVerdict &child : phase.places)
    if (child.verdict == phase.verdict && child.contribution >= least_share_of_change)
      add_places(child, places);
}

/// Where the work of a launch changed.
std::vector<PhaseVerdict> largest_changes(PhaseVerdict work, const Side &base, const Side &with,
                                          const ErrorRates &rates, std::uint64_t seed) {
  work.verdict = work.change() < 0 ? Verdict::improved : Verdict::regressed;
  const LevelTest test = [&](const std::vector<Column> &columns) {
    return test_launch_level(columns, {base.values, with.values}, rates, {seed, most_assignments});
  };
  const PhaseTree &tree = base.launches.launches.front()->phases;
  std::vector<PhaseVerdict> places;
  for (const PhaseVerdict &phase : places_below(work, tree, {}, test, rates.alpha))
    if (phase.verdict == work.verdict)
      add_places(phase, places);
  std::erase_if(places, [&](const PhaseVerdict &place) {
    return std::abs(place.change()) < least_share_of_change * std::abs(work.change());
  });
  std::ranges::sort(places, std::ranges::greater(),
                    [](const PhaseVerdict &phase) { return std::abs(phase.change()); });
  if (places.size() > most_places)
    places.resize(most_places);
  return places;
}

LeverOutcome outcome_of(const LeverTrial &trial, const Session &session,
                        const SampleLaunches &as_it_is, double alpha, double share) {
  LeverOutcome outcome;
  outcome.trial = trial;
  outcome.reason = trial.refused;
  if (!trial.refused.empty())
    return outcome;
  if (!trial.uncounted.empty()) {
    outcome.reason = trial.uncounted;
    outcome.wall = wall_time(session, trial.lever);
    return outcome;
  }
  const Side with = side_of(sample_launches(session, lever_scenario, trial.lever));
  outcome.launches = with.values.size();
  if (with.launches.failed > 0) {
    outcome.reason = with.launches.failure;
    return outcome;
  }
  if (with.values.empty()) {
    outcome.reason = "it was not launched";
    return outcome;
  }
  const Side base = side_of(made_among(as_it_is, with.launches));
  if (base.values.empty()) {
    outcome.reason = "no launch of the boot as it is was made among its own";
    return outcome;
  }
  outcome.reason = measuring_fault(with.launches, Metric::instructions);
  if (outcome.reason.empty())
    outcome.reason = unproved(trial, base, with);
  if (!outcome.reason.empty())
    return outcome;
  const LaunchColumns tested = launch_columns(base, with, share, session.seed);
  if (!tested.work) {
    outcome.reason = "its work was not counted";
    return outcome;
  }
  outcome.work = tested.work;
  outcome.waiting = tested.waiting;
  outcome.wall = wall_time(session, trial.lever);
  const LaunchColumns at_twice_alpha = launch_columns(base, with, 2 * alpha, session.seed);
  outcome.effect = effect_of(tested, share, at_twice_alpha);
  if (outcome.effect == LeverEffect::none && at_twice_alpha.work)
    outcome.work->half_width = at_twice_alpha.work->half_width; // of the test that showed it
  if (outcome.effect == LeverEffect::not_known)
    outcome.reason = outcome.launches < session.what_if->launches
                         ? fmt::format("{} of {} launches were made; --resume goes on",
                                       outcome.launches, session.what_if->launches)
                         : "more launches would tell (--launches)";
  if (outcome.effect <= LeverEffect::costs)
    outcome.places =
        largest_changes(*outcome.work, base, with, {share, share, share}, session.seed);
  return outcome;
}

double mean_of(const std::vector<PhaseValues> &launches, const Column &column) {
  double sum = 0;
  std::size_t known = 0;
  for (const PhaseValues &launch : launches)
    if (const auto value = launch.find(column); value != launch.end()) {
      sum += value->second;
      ++known;
    }
  return known == 0 ? 0 : sum / static_cast<double>(known);
}

std::vector<FloorGuest> floor_of(const Session &session) {
  std::map<std::string, FloorGuest> guests;
  for (const Launch &launch : session.launches)
    if (launch.subject == floor_subject && launch.is_sample() && launch.instructions) {
      FloorGuest &guest = guests[launch.scenario];
      guest.scenario = launch.scenario;
      ++guest.launches;
      const std::uint64_t spinning =
          std::min(launch.stalls.spinning.value_or(0), *launch.instructions);
      guest.work += static_cast<double>(*launch.instructions - spinning);
    }
  std::vector<FloorGuest> floor;
  for (auto &[scenario, guest] : guests) {
    guest.work /= static_cast<double>(guest.launches);
    floor.push_back(std::move(guest));
  }
  std::ranges::stable_sort(floor, {}, &FloorGuest::work);
  return floor;
}

/// Those that could not be had, and those that did not come up.
std::map<std::string, std::string> floor_not_measured(const Session &session,
                                                      const std::vector<FloorGuest> &measured) {
  std::map<std::string, std::string> reasons = session.what_if->floor_refused;
  for (const Launch &launch : session.launches)
    if (launch.subject == floor_subject && !launch.ok &&
        std::ranges::find(measured, launch.scenario, &FloorGuest::scenario) == measured.end())
      reasons.emplace(launch.scenario, launch.failure);
  return reasons;
}

} // namespace

std::string_view to_text(LeverEffect effect) {
  switch (effect) {
  case LeverEffect::saves:
    return "saves";
  case LeverEffect::costs:
    return "costs";
  case LeverEffect::trades:
    return "trades";
  case LeverEffect::none:
    return "no change";
  case LeverEffect::not_known:
    return "not known";
  case LeverEffect::not_measured:
    break;
  }
  return "not measured";
}

std::size_t base_launches_for(std::size_t levers, std::size_t launches, double alpha) {
  constexpr std::size_t most = 1000;
  const double wanted = static_cast<double>(tests_of(levers)) / alpha;
  for (std::size_t base = 1; base < most; ++base) {
    double assignments = 1;
    for (std::size_t i = 1; i <= launches; ++i)
      assignments *= static_cast<double>(base + i) / static_cast<double>(i);
    if (assignments >= wanted)
      return base;
  }
  return most;
}

Result<LeverRanking> rank_levers(const Session &session, double alpha) {
  if (!session.what_if)
    return fail(ErrorKind::input,
                "this session tries no levers: `bootperf what-if` makes one that does");
  const SampleLaunches as_it_is = sample_launches(session, lever_scenario, as_it_is_subject);
  const Side base = side_of(as_it_is);
  if (base.values.empty())
    return fail(ErrorKind::not_measured, "no launch of the boot as it is came up");
  if (const std::string fault = measuring_fault(base.launches, Metric::instructions);
      !fault.empty())
    return fail(ErrorKind::not_measured, fault);
  LeverRanking ranking;
  ranking.session = session.id;
  ranking.alpha = alpha;
  ranking.base_launches = base.values.size();
  const Column work{std::string(launch_id)}, waiting{std::string(launch_id), Quantity::waiting};
  ranking.base_work = mean_of(base.values, work);
  ranking.base_waiting = mean_of(base.values, waiting);
  ranking.floor = floor_of(session);
  ranking.floor_not_measured = floor_not_measured(session, ranking.floor);
  ranking.wall_accelerator = wall_accelerator(session);
  const auto tried = std::ranges::count_if(session.what_if->trials, [](const LeverTrial &trial) {
    return trial.refused.empty() && trial.uncounted.empty();
  });
  const double share = alpha / static_cast<double>(tests_of(static_cast<std::size_t>(tried)));
  for (const LeverTrial &trial : session.what_if->trials)
    ranking.outcomes.push_back(outcome_of(trial, session, as_it_is, alpha, share));
  std::ranges::stable_sort(ranking.outcomes,
                           [](const LeverOutcome &one, const LeverOutcome &other) {
                             if (one.effect != other.effect)
                               return one.effect < other.effect;
                             return one.work_saved() > other.work_saved();
                           });
  return ranking;
}

} // namespace bootperf
