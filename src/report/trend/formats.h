#pragma once

#include <cstddef>
#include <string>

#include "report/text/style.h"
#include "trend/check.h"
#include "trend/history.h"

namespace bootperf {

// What a trend is written as, a format a .cpp file.

/// A checked trend for people: class by class the open steps, those of one cause together, with the
/// commits they came with and how to accept them, and why a class could not be checked. The other
/// steps are counted.
std::string trend_check_text(const History &history, const TrendCheck &check,
                             const TextStyle &style);

/// The same with every step that was found: accepted, reversed, old, advisory and faster ones too.
std::string trend_steps_text(const History &history, const TrendCheck &check,
                             const TextStyle &style);

/// What a trend holds: its classes, and its last `sessions` sessions, the newest first.
std::string trend_list_text(const History &history, std::size_t sessions, const TextStyle &style);

/// Every point of a trend as a record (RFC 4180), class by class, phase by phase, in order of time:
/// the geometric mean of its launches in ns or instructions, and their spread as a ratio − 1.
std::string trend_csv(const History &history);

/// Every point of a trend in the OpenMetrics text format (openmetrics.io), with the time of its
/// session, as `promtool tsdb create-blocks-from openmetrics` takes it. Of several sessions of a
/// class in the same second the last counts.
std::string trend_openmetrics(const History &history);

} // namespace bootperf
