#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text/style.h"
#include "verdict/explain/report.h"

namespace bootperf {

// What a check says, in words and numbers, the same in all of its formats.

/// The family-wise p of the direction in which the phase moved.
double shown_p(const PhaseVerdict &phase);

/// The phase was measured on both sides: there are numbers to show.
bool has_numbers(const PhaseVerdict &phase);

/// "work, not waiting"; for both, how much of it is work. "" when it is not known.
std::string kind_text(const PhaseVerdict &phase);

/// What became of a negative control: "did not move", "moved", "not measured".
std::string_view control_words(const PhaseVerdict &control);

/// A mean of the phase: a duration, or a count.
std::string mean_text(double mean, const PhaseVerdict &phase, Metric metric);

/// "+4.1 %"; of waiting "+3.0 s".
std::string change_text(const PhaseVerdict &phase, const TextStyle &style);
/// The same with its interval: "+4.1 % ± 0.6 %"; of a phase that is new "new".
std::string change_with_interval(const PhaseVerdict &phase, const TextStyle &style);

/// "most of it between "+ sleep 1" and "+ test"": the commands that enclose most of a wait; ""
/// where none are known.
std::string between_text(const PhaseVerdict &phase);

/// A share of the baseline's mean, as half widths and smallest detectable changes are: "0.6 %"; of
/// waiting "12.0 ms".
std::string share_text(double share, const PhaseVerdict &phase);

/// "1.25 % and 100.0 ms": what a change of a gated phase has to exceed.
std::string tolerance_text(const PhaseVerdict &phase, Metric metric);

/// "+4.1 % (±0.6 %), work, not waiting; smallest detectable change 0.9 %; 3 launches";
/// "waiting, +3.0 s (±12.0 ms); …"
std::string finding_text(const PhaseVerdict &phase, const ScenarioCheck &check,
                         const TextStyle &style);

/// What of a gated phase is told: the place below it that moved most; the phase itself where work
/// slid into that place from its neighbours, so that it moved by more than the phase did.
const PhaseVerdict &told_place(const PhaseVerdict &gated);

/// What code is called for people, escaped.
struct NamedCode {
  std::string name; ///< "clear_page_erms", "gawk", "other functions of libc.so.6"
  std::string of;   ///< "vmlinux", "user"; "" where the name says it
};
NamedCode named_code(const ChangedFunction &function);

/// Which functions the additional work is in, escaped: "/init › udev-overhead +28.00 M: gawk +27.90
/// M (user); the rest, +100.0 k, is spread over 31 functions". "" where that was not looked into.
std::string functions_text(const PhaseVerdict &phase, const TextStyle &style);

/// Where the baseline comes from and what was compared with it.
std::string provenance_text(const ScenarioCheck &check);

/// Where a check passed, the versions that differ are no causes of anything: their number. "" where
/// none differ, and where they have to be listed because it did not pass.
std::string harmless_differences_text(const ScenarioCheck &check);

/// What moved though nothing fails for it, a line each: "/init › md-probe +81.0 % (+6.100 M)"; of
/// two neighbours whose sum stood still "… beside …: work slid from the one to the other".
std::vector<std::string> moved_texts(const ScenarioCheck &check, const TextStyle &style);

/// How the p values were computed: "exact, 1540 assignments".
std::string permutation_text(const ScenarioCheck &check);

/// The verdict that an exit code stands for; "wrong input" and "interrupted" are not measured.
Verdict verdict_of(ExitCode exit);

/// What people have to know of a check: something that did not pass.
struct CheckFinding {
  Verdict verdict = Verdict::not_measured;
  std::string phase = {}; ///< id of the gated phase; "" where one reason holds for several
  std::string text; ///< escaped: "/init › udevadm settle +4.1 % (±0.6 %), work, not waiting; …"
  std::string functions = {}; ///< escaped: functions_text(), or why it is not known; "" else
  Location where;             ///< the gate in the policy that decides it
};

/// The gated phases that did not pass, without those inside of which a gated one moved the same
/// way: that one says where. In the policy's order.
std::vector<const PhaseVerdict *> unexplained(const ScenarioCheck &check);

/// A phase inside of which a gated one moved the same way goes without saying, and what keeps
/// several phases inconclusive is said once. What fails the build comes first. Nothing when every
/// phase passed.
std::vector<CheckFinding> findings(const ScenarioCheck &check, const TextStyle &style);

/// "0.9 % (launch) to 2.1 % (/init)": the smallest detectable changes of the gated phases. ""
/// where nothing was measured.
std::string smallest_detectable_text(const ScenarioCheck &check, const TextStyle &style);

} // namespace bootperf
