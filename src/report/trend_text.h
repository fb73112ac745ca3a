#pragma once

#include <cstddef>
#include <string>

#include "report/text_style.h"
#include "trend/check.h"
#include "trend/history.h"

namespace bootperf {

/// A checked trend for people: class by class the new steps with the range of commits they came
/// in, and why a class could not be checked. The other steps are counted.
std::string trend_check_text(const History &history, const TrendCheck &check,
                             const TextStyle &style);

/// The same with every step that was found, old, accepted and faster ones too.
std::string trend_steps_text(const History &history, const TrendCheck &check,
                             const TextStyle &style);

/// What a trend holds: its classes, and its last `sessions` sessions, the newest first.
std::string trend_list_text(const History &history, std::size_t sessions, const TextStyle &style);

/// The commits that a step may have come with, as git takes them: "4f1c2aa5b3d1..9ab0c3312aef".
/// "" when either has none.
std::string commit_range(const History &history, const PhaseStep &step);

} // namespace bootperf
