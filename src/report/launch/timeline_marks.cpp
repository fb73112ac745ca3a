#include "report/launch/timeline_marks.h"

#include <algorithm>
#include <cmath>

namespace bootperf {
namespace {

constexpr double tick_ns = 1e5;
// More would not be readable, and how deep a file's phases nest is not for it to decide.
constexpr std::size_t most_nested_columns = 40;

/// A row as it is drawn: in ticks, inside its parent.
struct Span {
  double begin = 0, end = 0;
  std::optional<std::size_t> column; ///< while it runs
  std::optional<std::size_t> other;  ///< the row of its "(other)", when that is worth a line
};

struct Change {
  double tick = 0;
  bool begins = false;
  std::size_t row = 0;
};

// Means over different launches may stick out of their parent's by a little.
std::vector<Span> spans_of(const std::vector<PhaseRow> &rows) {
  std::vector<Span> spans(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PhaseRow &row = rows[i];
    Span &span = spans[i];
    span.begin = std::round(row.start_ns / tick_ns);
    span.end = std::max(span.begin, std::round(row.end_ns / tick_ns));
    if (!row.parent)
      continue;
    Span &parent = spans[*row.parent];
    span.begin = std::clamp(span.begin, parent.begin, parent.end);
    span.end = std::clamp(span.end, parent.begin, parent.end);
    if (row.other && row.wall.mean >= tick_ns)
      parent.other = i;
  }
  return spans;
}

// In the order of a walk, a phase's end behind everything below it, then by time alone: at one tick
// the innermost ends first, the next begins after the one before, and nothing outlives its parent.
// A phase of no length only begins.
std::vector<Change> changes_of(const std::vector<PhaseRow> &rows, const std::vector<Span> &spans) {
  std::vector<Change> changes;
  std::vector<std::size_t> open;
  const auto end_down_to = [&](std::size_t depth) {
    for (; !open.empty() && rows[open.back()].depth >= depth; open.pop_back())
      changes.push_back({spans[open.back()].end, false, open.back()});
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    end_down_to(rows[i].depth);
    if (rows[i].other)
      continue;
    changes.push_back({spans[i].begin, true, i});
    if (spans[i].end > spans[i].begin)
      open.push_back(i);
  }
  end_down_to(0);
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change &left, const Change &right) { return left.tick < right.tick; });
  return changes;
}

/// What stands in the columns while the lines are drawn from top to bottom.
class MarkColumns {
public:
  // The first free one to the right of the parent's.
  std::optional<std::size_t> take(std::optional<std::size_t> parent) {
    std::size_t column = parent ? *parent + 1 : 0;
    while (column < used_.size() && used_[column])
      ++column;
    if (column >= most_nested_columns)
      return std::nullopt;
    used_.resize(std::max(used_.size(), column + 1), false);
    used_[column] = true;
    return column;
  }

  void release(std::size_t column) { used_[column] = false; }

  std::vector<ColumnMark> drawn() const {
    std::vector<ColumnMark> marks;
    for (const bool used : used_)
      marks.push_back(used ? ColumnMark::through : ColumnMark::blank);
    return marks;
  }

private:
  std::vector<bool> used_;
};

} // namespace

std::vector<TimelineMark> timeline_marks(const std::vector<PhaseRow> &rows) {
  std::vector<Span> spans = spans_of(rows);
  const std::vector<Change> changes = changes_of(rows, spans);
  std::vector<TimelineMark> marks;
  MarkColumns columns;
  std::vector<std::size_t> ended; // columns that ended and have not been drawn yet

  const auto draw_ends = [&](double tick, std::optional<std::size_t> row) {
    TimelineMark mark{tick * tick_ns, columns.drawn(), row};
    for (const std::size_t column : ended)
      mark.columns[column] = ColumnMark::end;
    ended.clear();
    marks.push_back(std::move(mark));
  };

  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change &change = changes[i];
    Span &span = spans[change.row];
    if (!change.begins) {
      if (span.column) {
        columns.release(*span.column);
        ended.push_back(*span.column);
      }
      if (span.other)
        draw_ends(change.tick, span.other);
      const bool more = i + 1 < changes.size() && changes[i + 1].tick == change.tick;
      if (!more && !ended.empty())
        draw_ends(change.tick, std::nullopt);
      continue;
    }
    const std::optional<std::size_t> parent = rows[change.row].parent;
    span.column = columns.take(parent ? spans[*parent].column : std::nullopt);
    std::erase_if(ended, [&](std::size_t column) { return column == span.column; });
    if (!ended.empty())
      draw_ends(change.tick, std::nullopt);
    TimelineMark mark{change.tick * tick_ns, columns.drawn(), change.row};
    if (span.column)
      mark.columns[*span.column] = ColumnMark::begin;
    marks.push_back(std::move(mark));
    if (span.end <= span.begin && span.column)
      columns.release(*span.column);
  }
  return marks;
}

} // namespace bootperf
