#include "verdict/explain/functions.h"

#include <algorithm>
#include <cmath>

#include "profile/difference.h"
#include "profile/excerpt.h"

namespace bootperf {
namespace {

constexpr std::size_t most_functions = 5;
constexpr double least_share = 0.05;
/// Of a change that was judged: less or more of it in the profiles is not the same change.
constexpr double least_shown = 0.5, most_shown = 2;

bool is_more_work(const PhaseVerdict &phase) {
  return phase.verdict == Verdict::regressed && !phase.waiting;
}

ChangedFunctions functions_of(const PhaseVerdict &phase, const Profile &base, const Profile &head) {
  const ProfileDifference difference =
      compare_profiles(part_of(base, phase.phase), part_of(head, phase.phase), {.least = 0});
  ChangedFunctions result;
  result.base = difference.base;
  result.head = difference.head;
  result.shows_it = result.change() > 0 && result.change() >= least_shown * phase.change() &&
                    result.change() <= most_shown * phase.change();
  result.rest = result.change();
  result.rest_functions = difference.changes.size();
  if (!result.shows_it)
    return result;
  for (const FunctionChange &each : difference.changes) {
    if (result.functions.size() == most_functions)
      break;
    if (each.change() < least_share * result.change())
      continue;
    result.functions.push_back({.object = each.function.object,
                                .name = each.function.name,
                                .base = each.base,
                                .head = each.head});
    result.rest -= each.change();
    --result.rest_functions;
  }
  return result;
}

/// Of the phase and of the places below it, which moved as it did.
void name_functions_below(PhaseVerdict &phase, const Profile &base, const Profile &head) {
  phase.functions = functions_of(phase, base, head);
  for (PhaseVerdict &place : phase.places)
    name_functions_below(place, base, head);
}

} // namespace

bool has_more_work(const ScenarioCheck &check) {
  return check.metric == Metric::instructions && !check.advisory &&
         check.verdict == Verdict::regressed && std::ranges::any_of(check.phases, is_more_work);
}

void name_functions(ScenarioCheck &check, const Profile &base, const Profile &head) {
  const Profile as_base = excerpted_like(head, base);
  for (PhaseVerdict &phase : check.phases)
    if (is_more_work(phase))
      name_functions_below(phase, base, as_base);
}

} // namespace bootperf
