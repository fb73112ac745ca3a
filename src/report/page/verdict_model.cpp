#include "report/page/session_model.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/check/findings.h"
#include "report/check/sentence.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

Json gate_json(const PhaseVerdict &phase, Metric metric, bool below) {
  Json json = {{"phase", printable(phase.phase)},
               {"path", column_name(phase.column(), file_style)},
               {"below", below},
               {"waiting", phase.waiting},
               {"verdict", to_text(phase.verdict)},
               {"reason", printable(phase.reason)},
               {"kind", kind_text(phase)},
               {"tolerance", below ? "" : tolerance_text(phase, metric)}};
  if (!has_numbers(phase))
    return json;
  json["baseline"] = mean_text(phase.baseline_mean, phase, metric);
  json["current"] = mean_text(phase.current_mean, phase, metric);
  json["change"] = change_text(phase, file_style);
  json["interval"] = "± " + share_text(phase.half_width, phase);
  json["p"] = p_text(shown_p(phase));
  json["smallest_detectable"] = share_text(phase.smallest_detectable, phase);
  json["ratio"] = phase.ratio;
  json["half_width"] = phase.half_width;
  json["margin"] = ColumnMargin{phase.tolerance, phase.floor}.ratio_at(
      phase.baseline_mean + (phase.waiting ? waiting_offset_ns : 0));
  return json;
}

Json difference(const std::string &what, const std::string &baseline, const std::string &current) {
  return {{"what", printable(what)},
          {"baseline", printable(baseline)},
          {"current", printable(current)}};
}

} // namespace

Json verdict_model(const ScenarioCheck &check) {
  Json json = {{"metric", to_text(check.metric)},      {"verdict", to_text(check.verdict)},
               {"advisory", check.advisory},           {"reason", printable(check.reason)},
               {"provenance", provenance_text(check)}, {"test", permutation_text(check)}};
  json["sentence"] = verdict_sentence(check, file_style);
  json["findings"] = Json::array();
  for (const CheckFinding &finding : findings(check, file_style))
    json["findings"].push_back({{"verdict", to_text(finding.verdict)},
                                {"phase", printable(finding.phase)},
                                {"text", finding.text},
                                {"functions", finding.functions}});
  json["moved"] = moved_texts(check, file_style);
  json["gates"] = Json::array();
  for (const PhaseVerdict &phase : check.phases) {
    json["gates"].push_back(gate_json(phase, check.metric, false));
    for (const PhaseVerdict &place : phase.places)
      json["gates"].push_back(gate_json(place, check.metric, true));
  }
  json["controls"] = Json::array();
  if (check.comparison)
    for (const PhaseVerdict &control : check.comparison->controls) {
      json["controls"].push_back(gate_json(control, check.metric, false));
      json["controls"].back()["words"] = control_words(control);
    }
  json["class_differences"] = Json::array();
  for (const ClassDifference &key : check.class_differences)
    json["class_differences"].push_back(difference(key.key, key.baseline, key.current));
  json["version_differences"] = Json::array();
  for (const VersionDifference &version : check.version_differences)
    json["version_differences"].push_back(
        difference(version.what, version.baseline, version.current));
  return json;
}

} // namespace bootperf
