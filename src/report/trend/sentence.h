#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/text/style.h"
#include "trend/causes.h"
#include "trend/check.h"

namespace bootperf {

/// What came, how much, since when: "/init › lvm-probe takes 85.3 ms more (+12.3 %) since the night
/// of 2024-05-27, 94 % of the 90.7 ms that launch takes more". No full stop at its end.
std::string cause_sentence(const History &history, const ClassTrend &trend, const StepCause &cause,
                           const TextStyle &style);

/// The phases around and inside the one that is named in which it shows, too: "launch +2.6 %, /init
/// +8.4
/// %"; "" for none. What holds every launch's all is told once, as the launch.
std::string also_text(const StepCause &cause, const TextStyle &style);

/// What became of it: "accepted on 2024-05-21 by R. Jones: more probes", "taken back in the night
/// of 2024-05-22"; "" for an open step, a faster one, or one that was never news.
std::string outcome_text(const History &history, const ClassTrend &trend, const StepCause &cause);

/// The commits that a step may have come with, as git takes them: "4f1c2aa5b3d1..9ab0c3312aef",
/// from the first session of the last night before it to the last one of the first night after it.
/// "" where either has none.
std::string commit_range(const History &history, const ClassTrend &trend, const PhaseStep &step);

/// Open causes of a trend, and the classes that have some: what a command to accept one of them has
/// to tell apart.
struct Openness {
  std::size_t causes = 0, classes = 0;
};

/// Of the causes of each class.
Openness openness_of(const std::vector<std::vector<StepCause>> &causes);

/// "bootperf trend check --accept 'the reason'", with --phase and --class where there are others.
std::string accept_command(const StepCause &cause, const ClassTrend &trend, const Openness &open);

} // namespace bootperf
