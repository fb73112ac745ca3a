#include "report/page/session_model.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/launch/phase_rows.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

std::vector<NumberedLaunch> launches_of_scenario(const Session &session, const Scenario &scenario) {
  std::vector<NumberedLaunch> launches;
  for (const Launch &launch : session.launches)
    if (launch.scenario == scenario.name)
      launches.push_back({launches.size() + 1, &launch});
  return launches;
}

SubjectLaunches &subject_named(std::vector<SubjectLaunches> &subjects, const std::string &name) {
  const auto found = std::ranges::find(subjects, name, &SubjectLaunches::name);
  return found != subjects.end() ? *found : subjects.emplace_back(SubjectLaunches{name, {}});
}

using Json = nlohmann::ordered_json;
using PhasesById = std::unordered_map<std::string_view, const Phase *>;

PhasesById by_id(const PhaseTree &tree) {
  PhasesById phases;
  for (const Phase &phase : tree.phases)
    phases.emplace(phase.id, &phase);
  return phases;
}

/// The phases of each launch of each subject.
using Found = std::vector<std::vector<PhasesById>>;

Found find_phases(const std::vector<SubjectLaunches> &subjects) {
  Found found;
  for (const SubjectLaunches &subject : subjects) {
    found.emplace_back();
    for (const NumberedLaunch &each : subject.launches)
      found.back().push_back(by_id(each.launch->phases));
  }
  return found;
}

/// What each launch measured of a phase; null where it did not.
template <class Value>
Json each_launch(const std::vector<const Phase *> &phases, Value value) {
  Json values = Json::array();
  for (const Phase *phase : phases) {
    const auto measured = phase ? value(*phase) : std::nullopt;
    values.push_back(measured ? Json(*measured) : Json());
  }
  return values;
}

/// The same, where any launch measured it.
template <class Value>
void add_measured(Json &to, const char *name, const std::vector<const Phase *> &phases,
                  Value value) {
  Json values = each_launch(phases, value);
  if (std::ranges::any_of(values, [](const Json &each) { return !each.is_null(); }))
    to[name] = std::move(values);
}

std::optional<std::int64_t> placed_start(const Phase &phase) {
  // A time of the guest's clock has no place among those of the host's.
  return phase.clock == TimeSource::host ? std::optional(phase.start_ns) : std::nullopt;
}

std::optional<std::int64_t> timed_wall(const Phase &phase) {
  return phase.timed() ? std::optional(phase.wall_ns) : std::nullopt;
}

Json values_json(const std::vector<PhasesById> &launches, const std::string &id) {
  std::vector<const Phase *> phases;
  for (const PhasesById &launch : launches) {
    const auto found = launch.find(id);
    phases.push_back(found == launch.end() ? nullptr : found->second);
  }
  Json values = {{"start", each_launch(phases, placed_start)},
                 {"wall", each_launch(phases, timed_wall)}};
  add_measured(values, "instructions", phases, [](const Phase &each) { return each.instructions; });
  add_measured(values, "spinning", phases, [](const Phase &each) { return each.stalls.spinning; });
  add_measured(values, "waiting", phases, [](const Phase &each) { return each.stalls.waiting_ns; });
  return values;
}

Json baseline_json(const Baseline &baseline, const Column &column) {
  Json values = Json::array();
  for (const BaselineSession &session : baseline.sessions)
    for (const auto &launch : session.launches)
      if (const auto found = launch.find(column); found != launch.end())
        values.push_back(found->second);
  return values;
}

Json row_json(const PhaseRow &row, const Found &found, const Baseline *baseline) {
  Json json = {{"id", printable(row.id)},
               {"name", phase_name(row.id, file_style)},
               {"path", short_phase(row.id, file_style)}};
  json["parent"] = row.parent ? Json(*row.parent) : Json();
  json["depth"] = row.depth;
  json["kind"] = row.other ? "other" : row.overlaps ? "overlaps" : "";
  json["values"] = Json::array();
  for (const std::vector<PhasesById> &launches : found)
    json["values"].push_back(values_json(launches, row.id));
  if (baseline != nullptr) {
    json["baseline"] = baseline_json(*baseline, row.id);
    if (Json waiting = baseline_json(*baseline, {row.id, Quantity::waiting}); !waiting.empty())
      json["baseline_waiting"] = std::move(waiting);
  }
  return json;
}

} // namespace

std::vector<SubjectLaunches> subjects_of(const Session &session, const Scenario &scenario) {
  std::vector<SubjectLaunches> subjects;
  for (const NumberedLaunch &each : launches_of_scenario(session, scenario))
    if (each.launch->is_sample())
      subject_named(subjects, each.launch->subject).launches.push_back(each);
  if (subjects.empty()) {
    // One may still see how far the last one got.
    const std::vector<NumberedLaunch> failed = failed_launches(session, scenario);
    const std::vector<NumberedLaunch> all = launches_of_scenario(session, scenario);
    if (!failed.empty())
      subjects.push_back({failed.back().launch->subject, {failed.back()}});
    else if (!all.empty() && !all.back().launch->timed)
      subjects.push_back({all.back().launch->subject, {all.back()}});
  }
  std::ranges::stable_sort(subjects, {},
                           [](const SubjectLaunches &each) { return each.name != "base"; });
  return subjects;
}

std::vector<NumberedLaunch> failed_launches(const Session &session, const Scenario &scenario) {
  std::vector<NumberedLaunch> failed;
  for (const NumberedLaunch &each : launches_of_scenario(session, scenario))
    if (!each.launch->ok)
      failed.push_back(each);
  return failed;
}

Json phases_model(const std::vector<SubjectLaunches> &subjects, const Baseline *baseline) {
  std::vector<const PhaseTree *> trees;
  for (const SubjectLaunches &subject : subjects)
    for (const NumberedLaunch &each : subject.launches)
      trees.push_back(&each.launch->phases);
  const Found found = find_phases(subjects);
  Json phases = Json::array();
  for (const PhaseRow &row : phase_rows(trees, Repeats::listed))
    phases.push_back(row_json(row, found, baseline));
  return phases;
}

} // namespace bootperf
