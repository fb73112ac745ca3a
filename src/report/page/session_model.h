#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "report/page/pages.h"
#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// A launch of a scenario with its number among all of them, counted from 1.
struct NumberedLaunch {
  std::size_t number = 0;
  const Launch *launch = nullptr; ///< not owned
};

/// The launches of one subject that are drawn.
struct SubjectLaunches {
  std::string name;
  std::vector<NumberedLaunch> launches;
};

/// The subjects of a scenario with their samples, "base" first, else in the order of the session.
/// Of a scenario in which nothing came up the last failed launch is given, so that one can see how
/// far it got. The session must outlive the result.
std::vector<SubjectLaunches> subjects_of(const Session &session, const Scenario &scenario);

/// The launches of a scenario that did not come up.
std::vector<NumberedLaunch> failed_launches(const Session &session, const Scenario &scenario);

/// Every phase of any launch, parents before children: [{"id", "name", "path", "parent": index or
/// null, "depth", "kind": "", "other" or "overlaps", "values": [a subject: {"start": [a launch],
/// "wall", "instructions"?, "spinning"?, "waiting"?}], "baseline"?: [a launch],
/// "baseline_waiting"?}]. Times in ns; spinning is part of the instructions; null where a launch
/// has not measured the phase, and absent where none has. The baseline, if any, gives values of its
/// own metric, of instructions without spinning, and beside them how long the phase waited.
nlohmann::ordered_json phases_model(const std::vector<SubjectLaunches> &subjects,
                                    const Baseline *baseline);

/// The check of one scenario for the page: {"metric", "verdict", "advisory", "reason",
/// "provenance", "test", "sentence", "findings": [{"verdict", "phase", "text",
/// "functions"}], "gates": [a gated phase, and behind it the places below it; "waiting" where that
/// is what was judged of it], "controls":
/// [likewise, and "words"], "class_differences", "version_differences"}. Numbers come twice: as
/// text for people, and plain where they are drawn.
nlohmann::ordered_json verdict_model(const ScenarioCheck &check);

/// A profile for the page: {"sentence", "compares", "knows_noise", "added_up": functions of phases
/// that are not named, "texts", "phases": [[index of its node, id, path]], "nodes": [[index of the
/// parent or -1, 0 for a phase, 1 for an object, 2 for a function, index of its text, work of head,
/// and where two are compared that of base, noise]]}
nlohmann::ordered_json profile_model(const ShownProfile &shown);

/// All that the page shows: the session, its verdict or why there is none, what levers save and
/// what to fix first where that is known ("levers", "suggestions", each with a "sentence" and
/// "rows", else null), a "profile" or null, and of each scenario the check, the launches, the
/// phases and the failures. Every text is escaped. Pure.
nlohmann::ordered_json page_model(const PageContents &contents);

} // namespace bootperf
