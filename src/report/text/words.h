#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text/style.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

// How phases, values and changes are written for people, the same in every report.

/// The parts of a phase id, as they are.
std::vector<std::string> id_parts(std::string_view id);

/// A phase id shortened for people: without the run, launch, qemu and kernel it begins with,
/// without "parent:" in front of a child's name, escaped. "run > launch > qemu > kernel > /init >
/// /init:lvm-probe" reads "/init › lvm-probe".
std::string short_phase(std::string_view id, const TextStyle &style);

/// The last part of that: "lvm-probe".
std::string phase_name(std::string_view id, const TextStyle &style);

/// short_phase() in at most so many columns: what stands left is left out, because the last part
/// says most ("… › udev trigger and settle › udevadm trigger").
std::string short_phase(std::string_view id, const TextStyle &style, std::size_t width);

/// The phase of a column as short_phase() names it, with ", waiting" behind it where that is
/// judged.
std::string column_name(const Column &column, const TextStyle &style);
/// The same within so many columns of a terminal.
std::string column_name(const Column &column, const TextStyle &style, std::size_t width);

/// A value of a metric: a duration or a count.
std::string value_text(double value, Metric metric);

/// How far a ratio is from 1, as "+4.1 %"; "" when it is not a number.
std::string change_text(double ratio, const TextStyle &style);

/// A change of a count, as "+41.20 M".
std::string signed_count_text(double change, const TextStyle &style);

/// A share as "0.9 %".
std::string percent_text(double share);

/// "0.0004", "0.31".
std::string p_text(double p);

/// "1 launch", "3 launches"
std::string launches_text(std::size_t launches);

/// "25 launches of 3 sessions"
std::string extent_text(std::size_t launches, std::size_t sessions);

} // namespace bootperf
