#include "report/check/formats.h"

#include <fmt/format.h>

#include "report/check/findings.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

std::string optional(const std::optional<double> &value) {
  return value ? csv_number(*value) : "";
}

std::string record(const ScenarioCheck &check, const PhaseVerdict &phase,
                   const std::string &below) {
  const bool measured = has_numbers(phase);
  const auto number = [&](double value) { return measured ? csv_number(value) : ""; };
  return csv_record({check.scenario,
                     phase.waiting ? "waiting" : std::string(to_text(check.metric)),
                     check.advisory ? "1" : "0",
                     phase.phase,
                     below,
                     std::string(to_text(phase.verdict)),
                     number(phase.baseline_mean),
                     number(phase.current_mean),
                     number(phase.ratio),
                     number(phase.half_width),
                     number(phase.p_slower),
                     number(phase.p_faster),
                     csv_number(phase.tolerance),
                     csv_number(phase.floor),
                     number(phase.smallest_detectable),
                     optional(phase.wall_ratio),
                     optional(phase.instruction_ratio),
                     phase.kind,
                     optional(phase.work_share),
                     phase.reason});
}

std::string records(const ScenarioCheck &check) {
  if (check.phases.empty()) {
    PhaseVerdict none;
    none.verdict = check.verdict;
    none.reason = check.reason;
    return record(check, none, "");
  }
  std::string text;
  for (const PhaseVerdict &phase : check.phases) {
    text += record(check, phase, "");
    for (const PhaseVerdict &place : phase.places)
      text += record(check, place, phase.phase);
  }
  return text;
}

} // namespace

std::string check_csv(const CheckReport &report) {
  std::string text = csv_record({"scenario",
                                 "metric",
                                 "advisory",
                                 "phase",
                                 "place_below",
                                 "verdict",
                                 "baseline_mean",
                                 "current_mean",
                                 "ratio",
                                 "half_width",
                                 "p_slower",
                                 "p_faster",
                                 "tolerance",
                                 "floor",
                                 "smallest_detectable",
                                 "wall_ratio",
                                 "instruction_ratio",
                                 "kind",
                                 "work_share",
                                 "reason"});
  for (const ScenarioCheck &check : report.checks)
    text += records(check);
  return text;
}

} // namespace bootperf
