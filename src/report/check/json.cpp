#include "report/check/formats.h"

#include <nlohmann/json.hpp>

#include "report/text/escape.h"

namespace bootperf {
namespace {

using nlohmann::ordered_json;

ordered_json functions_json(const ChangedFunctions &found) {
  ordered_json json = {{"base", found.base}, {"head", found.head}, {"shows_it", found.shows_it}};
  json["functions"] = ordered_json::array();
  for (const ChangedFunction &function : found.functions)
    json["functions"].push_back({{"object", function.object},
                                 {"function", function.name},
                                 {"base", function.base},
                                 {"head", function.head}});
  json["rest"] = found.rest;
  json["rest_functions"] = found.rest_functions;
  return json;
}

ordered_json phase_json(const PhaseVerdict &phase) {
  ordered_json json;
  json["phase"] = phase.phase;
  if (phase.waiting)
    json["waiting"] = true;
  if (phase.from_nothing)
    json["from_nothing"] = true;
  json["verdict"] = to_text(phase.verdict);
  json["reason"] = phase.reason;
  json["baseline_mean"] = phase.baseline_mean;
  json["current_mean"] = phase.current_mean;
  json["ratio"] = phase.ratio;
  json["half_width"] = phase.half_width;
  json["p_slower"] = phase.p_slower;
  json["p_faster"] = phase.p_faster;
  if (phase.where.line > 0)
    json["policy"] = {
        {"file", phase.where.file}, {"line", phase.where.line}, {"column", phase.where.column}};
  json["tolerance"] = phase.tolerance;
  json["floor"] = phase.floor;
  json["smallest_detectable"] = phase.smallest_detectable;
  if (phase.wall_ratio)
    json["wall_ratio"] = *phase.wall_ratio;
  if (phase.instruction_ratio)
    json["instruction_ratio"] = *phase.instruction_ratio;
  if (!phase.kind.empty())
    json["kind"] = phase.kind;
  if (phase.work_share)
    json["work_share"] = *phase.work_share;
  if (phase.between)
    json["between"] = {{"after", phase.between->after},
                       {"before", phase.between->before},
                       {"waiting_ns", phase.between->waiting_ns}};
  if (phase.contribution != 0)
    json["contribution"] = phase.contribution;
  if (phase.functions)
    json["functions"] = functions_json(*phase.functions);
  json["places"] = ordered_json::array();
  for (const PhaseVerdict &place : phase.places)
    json["places"].push_back(phase_json(place));
  return json;
}

ordered_json comparison_json(const ComparisonOutcome &comparison) {
  ordered_json json = {{"base", comparison.base},
                       {"head", comparison.head},
                       {"blocks", comparison.blocks},
                       {"looks", comparison.looks},
                       {"incomplete_blocks", comparison.incomplete_blocks},
                       {"launches", comparison.launches},
                       {"most_launches", comparison.most_launches},
                       {"decided", comparison.decided}};
  if (comparison.to_decide.all > 0)
    json["blocks_to_decide"] = comparison.to_decide.all;
  json["controls"] = ordered_json::array();
  for (const PhaseVerdict &control : comparison.controls)
    json["controls"].push_back(phase_json(control));
  return json;
}

ordered_json scenario_json(const ScenarioCheck &check) {
  ordered_json json;
  json["scenario"] = check.scenario;
  json["metric"] = to_text(check.metric);
  json["verdict"] = to_text(check.verdict);
  json["advisory"] = check.advisory;
  json["reason"] = check.reason;
  json["baseline"] = {{"file", check.baseline_file},
                      {"launches", check.baseline_launches},
                      {"sessions", check.baseline_sessions}};
  json["launches"] = check.launches;
  json["failed_launches"] = check.failed_launches;
  json["alpha"] = check.alpha;
  json["exact"] = check.exact;
  json["permutations"] = check.permutations;
  if (check.comparison)
    json["comparison"] = comparison_json(*check.comparison);
  json["phases"] = ordered_json::array();
  for (const PhaseVerdict &phase : check.phases)
    json["phases"].push_back(phase_json(phase));
  json["moved"] = ordered_json::array();
  for (const PhaseVerdict &phase : check.moved)
    json["moved"].push_back(phase_json(phase));
  json["class_differences"] = ordered_json::array();
  for (const ClassDifference &key : check.class_differences)
    json["class_differences"].push_back(
        {{"key", key.key}, {"baseline", key.baseline}, {"current", key.current}});
  json["version_differences"] = ordered_json::array();
  for (const VersionDifference &version : check.version_differences)
    json["version_differences"].push_back(
        {{"what", version.what}, {"baseline", version.baseline}, {"current", version.current}});
  if (!check.functions_hint.empty())
    json["functions_hint"] = check.functions_hint;
  return json;
}

} // namespace

std::string check_json(const CheckReport &report) {
  ordered_json json;
  json["check"] = 1; // the version of the format
  json["session"] = report.session;
  json["seed"] = report.seed;
  json["exit"] = to_int(report.exit);
  json["reason"] = report.reason;
  json["checks"] = ordered_json::array();
  for (const ScenarioCheck &check : report.checks)
    json["checks"].push_back(scenario_json(check));
  return json_text(json);
}

} // namespace bootperf
