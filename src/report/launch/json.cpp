#include "report/launch/formats.h"

#include <nlohmann/json.hpp>

#include "capture/log/advice.h"
#include "capture/log/fate.h"
#include "report/launch/phase_rows.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

using nlohmann::ordered_json;

// Changes when a reader would have to.
constexpr int version = 1;

ordered_json phase_json(const PhaseTree &tree, const Phase &phase) {
  ordered_json json;
  json["name"] = phase.id;
  json["parent"] = nullptr;
  if (phase.parent && *phase.parent < tree.phases.size())
    json["parent"] = tree.phases[*phase.parent].id;
  json["start_ns"] = phase.timed() ? ordered_json(phase.start_ns) : ordered_json();
  json["wall_ns"] = phase.timed() ? ordered_json(phase.wall_ns) : ordered_json();
  json["self_ns"] = phase.timed() ? ordered_json(phase.self_ns) : ordered_json();
  if (phase.clock != TimeSource::host)
    json["clock"] = to_text(phase.clock);
  if (phase.instructions)
    json["instructions"] = *phase.instructions;
  if (phase.self_instructions)
    json["self_instructions"] = *phase.self_instructions;
  add_stalls(json, phase.stalls, &StallKey::in_phase);
  add_stalls(json, phase.self_stalls, &StallKey::self_time);
  if (phase.repeated)
    json["repeated"] = true;
  if (phase.overlaps)
    json["overlaps"] = true;
  if (phase.unfinished)
    json["unfinished"] = true;
  return json;
}

// What cannot be computed (the deviation of one launch) is null: JSON knows no NaN.
ordered_json summary_json(const Summary &summary) {
  return {{"mean", summary.mean},
          {"standard_deviation", summary.standard_deviation},
          {"median", summary.median},
          {"minimum", summary.minimum},
          {"maximum", summary.maximum}};
}

ordered_json row_json(const std::vector<PhaseRow> &rows, const PhaseRow &row) {
  ordered_json json;
  json["name"] = row.id;
  json["parent"] = nullptr;
  if (row.parent)
    json["parent"] = rows[*row.parent].id;
  json["launches"] = row.wall.n;
  json["start_ns"] = row.wall.n > 0 ? ordered_json(row.start_ns) : ordered_json();
  json["wall_ns"] = summary_json(row.wall);
  json["self_ns"] = summary_json(row.self);
  if (row.instructions)
    json["instructions"] = summary_json(*row.instructions);
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    if (row.stalls[i])
      json[stall_keys[i].in_phase] = summary_json(*row.stalls[i]);
  if (row.repeated)
    json["repeated"] = true;
  if (row.overlaps)
    json["overlaps"] = true;
  return json;
}

ordered_json scenario_json(const Launches &launches) {
  ordered_json json;
  json["name"] = launches.title;
  json["launches"] = launches.trees.size();
  json["warmups"] = launches.warmups;
  json["rebuilds"] = launches.rebuilds;
  json["failed"] = ordered_json::array();
  for (const FailedLaunch &failed : launches.failed)
    json["failed"].push_back({{"launch", failed.what},
                              {"phase", failed.phase},
                              {"reason", failed.reason},
                              {"last_lines", failed.last_lines}});
  const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::listed);
  json["phases"] = ordered_json::array();
  for (const PhaseRow &row : rows)
    json["phases"].push_back(row_json(rows, row));
  json["not_measured"] = ordered_json::array();
  for (const NotMeasured &phase : not_measured(launches.trees))
    json["not_measured"].push_back({{"name", phase.phase}, {"launches", phase.launches}});
  return json;
}

} // namespace

std::string outcome_word(const LaunchFate &fate) {
  if (fate.ok)
    return "ok";
  return fate.cut ? "cut" : "failed";
}

std::string launch_json(const BootLog &log, const PhaseTree &tree) {
  const LaunchFate fate = fate_of(log);
  ordered_json json = {{"show", version}, {"outcome", outcome_word(fate)}};
  json["phases"] = ordered_json::array();
  for (const Phase &phase : tree.phases)
    json["phases"].push_back(phase_json(tree, phase));
  json["not_measured"] = tree.not_measured;
  if (!fate.ok)
    json["reason"] = fate.reason;
  if (const auto advice = advice_for(fate.reason, log.value("backend")); advice && !fate.ok)
    json["advice"] = {{"text", advice->text}, {"source", advice->source}};
  if (!fate.notes.empty())
    json["notes"] = fate.notes;
  if (!log.times.empty())
    json["times"] = log.times;
  if (!tree.last_phase.empty())
    json["last_phase"] = tree.last_phase;
  return json_text(json);
}

std::string launches_json(const std::vector<Launches> &scenarios) {
  ordered_json json = {{"show", version}};
  json["scenarios"] = ordered_json::array();
  for (const Launches &launches : scenarios)
    json["scenarios"].push_back(scenario_json(launches));
  return json_text(json);
}

} // namespace bootperf
