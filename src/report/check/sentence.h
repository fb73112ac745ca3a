#pragma once

#include <string>

#include "report/text/style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// What came out of a check, as one sentence that needs no table to be understood; escaped.
///
/// - regressed: "Boot is 3.02 s slower: /init › udev-overhead waits 3.02 s more; /init › lvm-probe
///   executes 28.00 M instructions more (+1.1 %), 27.90 M of them in gawk; a change of 0.3 % or a
///   wait of 23.0 ms would have been seen."
/// - improved: the same with "faster" and "less".
/// - pass: "No change: a slow-down of 0.4 % or a wait of 23.0 ms would have been seen."
/// - pass, though something moved: "No gated phase is slower: …; 1 phase moved within what is
///   tolerated."
/// - inconclusive: "Not decided; of the launch as a whole a change of 2.1 % would have been seen."
/// - not measured: "Not measured, so nothing is claimed."
///
/// How much slower is in seconds where seconds were judged: wall time, or how long the launch
/// waits. At most three places are named; what would have been seen is of the whole launch.
std::string verdict_sentence(const ScenarioCheck &check, const TextStyle &style);

/// Whether that sentence says what would have been seen: it does where the whole launch was judged.
bool says_what_is_seen(const ScenarioCheck &check);

/// The whole launch as it was judged, its work and wall time or its waiting; null where it was not,
/// and where there are no numbers.
const PhaseVerdict *judged_launch(const ScenarioCheck &check, bool waiting);

} // namespace bootperf
