#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "report/launch/phase_rows.h"

namespace bootperf {

enum class ColumnMark : std::uint8_t { blank, begin, through, end };

/// One line of a timeline.
struct TimelineMark {
  double t_ns = 0;
  std::vector<ColumnMark> columns;
  /// The row whose numbers stand beside it: the one that begins, or the "(other)" of the one that
  /// ends. None: something ends here, and that is all.
  std::optional<std::size_t> row;
};

/// Where the phases begin and end, in order of time, each in a column to the right of its parent's.
/// Times that look the same (a tenth of a millisecond) are the same; where one phase ends as the
/// next begins in its column, only the beginning is drawn.
std::vector<TimelineMark> timeline_marks(const std::vector<PhaseRow> &rows);

} // namespace bootperf
