#include "whatif/suggestion.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <re2/re2.h>

namespace bootperf {
namespace {

constexpr std::size_t most_functions = 3;

/// A place that a lever touches, ready to be looked for.
struct SoughtPlace {
  std::string phase;
  std::unique_ptr<RE2> object, function;

  explicit SoughtPlace(const LeverPlace &place) : phase(place.phase) {
    if (!place.object.empty())
      object = std::make_unique<RE2>(place.object, RE2::Latin1);
    if (!place.function.empty())
      function = std::make_unique<RE2>(place.function, RE2::Latin1);
  }

  bool holds(const std::string &phase_id, const ProfileFunction &code) const {
    return (phase.empty() || is_inside(phase_id)) &&
           (!object || RE2::PartialMatch(code.object, *object)) &&
           (!function || RE2::PartialMatch(code.name, *function));
  }

private:
  /// The phase of that name is the one, or around it; repeats are called "insmod ext4".
  bool is_inside(const std::string &id) const {
    const std::string here = " > " + id + " > ";
    return here.find(" > " + phase + " > ") != std::string::npos ||
           here.find(" > " + phase + " ") != std::string::npos;
  }
};

std::vector<std::string> longest(const std::map<std::string, double> &functions) {
  std::vector<std::pair<std::string, double>> all(functions.begin(), functions.end());
  std::ranges::stable_sort(all, std::greater<>(), &std::pair<std::string, double>::second);
  std::vector<std::string> names;
  for (const auto &[name, instructions] : all)
    if (names.size() < most_functions && name != unknown_code && name != other_functions)
      names.push_back(name);
  return names;
}

/// It was shown that nobody need try it again to save something.
bool is_settled(LeverEffect effect) {
  return effect == LeverEffect::none || effect == LeverEffect::costs ||
         effect == LeverEffect::trades;
}

bool is_measured_to_save(const Suggestion &suggestion) {
  return suggestion.measured && suggestion.measured->effect == LeverEffect::saves;
}

/// Of several ways to decide the same thing the first is suggested, unless others were measured,
/// too.
void leave_out_alternatives(std::vector<Suggestion> &suggestions) {
  std::set<std::string> decided;
  std::erase_if(suggestions, [&](const Suggestion &suggestion) {
    const std::string &choice = suggestion.lever.choice;
    return !choice.empty() && !decided.insert(choice).second && !suggestion.measured;
  });
}

std::optional<LeverOutcome> outcome_in(const std::optional<LeverRanking> &measured,
                                       const std::string &lever) {
  if (!measured)
    return std::nullopt;
  for (const LeverOutcome &outcome : measured->outcomes)
    if (outcome.trial.lever == lever)
      return outcome;
  return std::nullopt;
}

} // namespace

Suggestions suggestions_for(const Profile &profile, const std::vector<Lever> &levers,
                            const std::optional<LeverRanking> &measured) {
  Suggestions result;
  result.instructions = mean_instructions(profile);
  const std::vector<MeanRow> rows = mean_rows(profile);
  std::vector<bool> touched(rows.size());
  for (const Lever &lever : levers) {
    Suggestion suggestion{lever, 0, {}, outcome_in(measured, lever.name)};
    if (suggestion.measured && is_settled(suggestion.measured->effect))
      continue;
    std::vector<SoughtPlace> places;
    for (const LeverPlace &place : lever.touches)
      places.emplace_back(place);
    std::map<std::string, double> functions;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const ProfileFunction &code = profile.functions[rows[i].function];
      if (std::ranges::none_of(places, [&](const SoughtPlace &place) {
            return place.holds(profile.phases[rows[i].phase], code);
          }))
        continue;
      touched[i] = true;
      suggestion.spent += rows[i].instructions;
      functions[code.name] += rows[i].instructions;
    }
    suggestion.functions = longest(functions);
    if (suggestion.spent > 0 || is_measured_to_save(suggestion))
      result.suggestions.push_back(std::move(suggestion));
  }
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (touched[i])
      result.touched += rows[i].instructions;
  std::ranges::stable_sort(result.suggestions, [](const Suggestion &one, const Suggestion &other) {
    if (is_measured_to_save(one) != is_measured_to_save(other))
      return is_measured_to_save(one);
    return is_measured_to_save(one) ? one.measured->work_saved() > other.measured->work_saved()
                                    : one.spent > other.spent;
  });
  leave_out_alternatives(result.suggestions);
  return result;
}

} // namespace bootperf
