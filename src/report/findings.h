#pragma once

#include <string>
#include <vector>

#include "report/text_style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// The verdict that an exit code stands for; "wrong input" and "interrupted" are not measured.
Verdict verdict_of(ExitCode exit);

/// What people have to know of a check: something that did not pass.
struct CheckFinding {
  Verdict verdict = Verdict::not_measured;
  std::string phase; ///< id of the gated phase; "" where one reason holds for several
  std::string text; ///< escaped: "/init › udevadm settle +4.1 % (±0.6 %), work, not waiting; …"
  Location where;   ///< the gate in the policy that decides it
};

/// A phase inside of which a gated one moved the same way goes without saying, and what keeps
/// several phases inconclusive is said once. Nothing when every phase passed.
std::vector<CheckFinding> findings(const ScenarioCheck &check, const TextStyle &style);

/// "0.9 % (launch) to 2.1 % (/init)": the smallest detectable changes of the gated phases. ""
/// where nothing was measured.
std::string smallest_detectable_text(const ScenarioCheck &check, const TextStyle &style);

} // namespace bootperf
