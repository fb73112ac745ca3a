#include "report/launch/formats.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/launch/launches.h"
#include "report/launch/phase_rows.h"
#include "report/launch/timeline_marks.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

constexpr std::size_t widest_name = 40;
// A phase that takes this much of the run by itself is worth a look.
constexpr double remarkable_share = 5;

/// The widths that all lines of one timeline share.
struct Layout {
  std::size_t columns = 0; ///< of nested phases
  std::size_t name = 0;
  double total = 0; ///< ns
  std::size_t launches = 0;
  std::array<bool, stall_keys.size()> stalls = {}; ///< which of them are shown
};

std::string label(const PhaseRow &row, const TextStyle &style) {
  std::string text = row.name;
  if (row.most > 0) {
    const std::string count = row.fewest == row.most ? fmt::format("{}", row.most)
                                                     : fmt::format("{}-{}", row.fewest, row.most);
    text += fmt::format(" {} {}", glyphs(style).times, count);
  }
  return elide(printable(text), widest_name, style);
}

std::string other_label(const PhaseRow &parent, const TextStyle &style) {
  return elide("(other) of " + printable(parent.name), widest_name, style);
}

std::string spread(const Summary &summary, const std::string &text, const TextStyle &style) {
  return summary.n < 2 ? "" : fmt::format(" {} {}", glyphs(style).plus_minus, text);
}

std::string nanoseconds(double value) {
  return duration_text(std::isfinite(value) ? std::llround(value) : 0);
}

std::string notes(const PhaseRow &row, const Layout &layout) {
  std::string text;
  if (row.wall.n < layout.launches)
    text += fmt::format("  n={}", row.wall.n);
  if (row.overlaps)
    text += "  overlapping, not summed";
  if (row.unfinished > 0)
    text += "  unfinished";
  if (!row.longest.empty())
    text += fmt::format("  longest {} {}", printable(row.longest), nanoseconds(row.longest_ns));
  return text;
}

Colour name_colour(const PhaseRow &row, const Layout &layout) {
  if (row.unfinished > 0)
    return Colour::red;
  if (row.other)
    return Colour::faint;
  return 100 * row.self.mean >= remarkable_share * layout.total ? Colour::yellow : Colour::green;
}

std::string draw(const TimelineMark &mark, const Layout &layout, const TextStyle &style) {
  std::string text;
  for (std::size_t i = 0; i < layout.columns; ++i) {
    const ColumnMark column = i < mark.columns.size() ? mark.columns[i] : ColumnMark::blank;
    const Glyphs &g = glyphs(style);
    text += column == ColumnMark::begin     ? g.begin
            : column == ColumnMark::through ? g.through
            : column == ColumnMark::end     ? g.end
                                            : " ";
    text += ' ';
  }
  return text;
}

/// Of stall_keys, in their order: what stands above each, and its width.
constexpr std::array<std::pair<std::string_view, std::size_t>, stall_keys.size()> stall_titles = {
    {{"spinning", 12}, {"waiting", 12}, {"host waiting", 14}}};

std::string stall_text(std::size_t key, double mean) {
  return stall_keys[key].value == &Stalls::spinning ? count_text(mean) : nanoseconds(mean);
}

/// A column for each that the launches measured; empty where a phase lacks it.
std::string stall_cells(const PhaseRow &row, const Layout &layout) {
  std::string text;
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    if (layout.stalls[i])
      text +=
          pad_left(row.stalls[i] ? stall_text(i, row.stalls[i]->mean) : "", stall_titles[i].second);
  return text;
}

std::vector<Segment> numbers(const PhaseRow &row, const Layout &layout, const TextStyle &style) {
  const Summary &wall = row.wall;
  if (wall.n == 0)
    return {{Colour::faint, pad_left("passed through", 16)}};
  const double share = layout.total > 0 ? 100 * wall.mean / layout.total : 0;
  std::vector<Segment> cells = {
      {Colour::plain, pad_left(nanoseconds(wall.mean), 10)},
      {Colour::faint, pad_right(spread(wall, nanoseconds(wall.standard_deviation), style), 12)},
      {Colour::plain, pad_left(fmt::format("{:.1f} %", share), 8)}};
  if (row.instructions) {
    const Summary &counted = *row.instructions;
    cells.push_back({Colour::plain, pad_left(count_text(counted.mean), 11)});
    cells.push_back(
        {Colour::faint,
         pad_right(spread(counted, count_text(counted.standard_deviation), style), 11)});
  }
  cells.push_back({Colour::plain, stall_cells(row, layout)});
  cells.push_back({Colour::plain, notes(row, layout)});
  return cells;
}

std::string mark_line(const TimelineMark &mark, const std::vector<PhaseRow> &rows,
                      const Layout &layout, const TextStyle &style) {
  std::vector<Segment> segments = {
      {Colour::blue, pad_left(fmt::format("{:.1f} ms", mark.t_ns / 1e6), 11)},
      {Colour::plain, "  "},
      {Colour::magenta, draw(mark, layout, style)},
      {Colour::plain, " "}};
  if (mark.row) {
    const PhaseRow &row = rows[*mark.row];
    const std::string name =
        row.other && row.parent ? other_label(rows[*row.parent], style) : label(row, style);
    segments.push_back({name_colour(row, layout), pad_right(name, layout.name)});
    for (Segment &cell : numbers(row, layout, style))
      segments.push_back(std::move(cell));
  }
  return line(segments, style);
}

std::string header(const Layout &layout, bool counted, const TextStyle &style) {
  std::string text = pad_left("time", 11) + "  ";
  text += pad_right("nested", 2 * layout.columns) + " " + pad_right("phase", layout.name);
  text += pad_left("mean", 10);
  text += pad_right(layout.launches > 1 ? " " + glyphs(style).plus_minus + " s.d." : "", 12);
  text += pad_left("share", 8);
  if (counted)
    text += pad_left("instructions", 13) + std::string(9, ' '); // of the spread
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    if (layout.stalls[i])
      text += pad_left(std::string(stall_titles[i].first), stall_titles[i].second);
  return line({{Colour::bold, text}}, style);
}

} // namespace

std::string timeline(const Launches &launches, const TextStyle &style) {
  const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::folded);
  const std::vector<TimelineMark> marks = timeline_marks(rows);
  Layout layout;
  layout.launches = launches.trees.size();
  layout.total = rows.empty() ? 0 : rows.front().wall.mean;
  layout.columns = 3; // room for the word "nested"
  layout.name = 20;
  for (std::size_t i = 0; i < stall_keys.size() && !rows.empty(); ++i)
    layout.stalls[i] = rows.front().stalls[i].has_value();
  for (const TimelineMark &mark : marks)
    layout.columns = std::max(layout.columns, mark.columns.size());
  for (const PhaseRow &row : rows) {
    const std::string name =
        row.other && row.parent ? other_label(rows[*row.parent], style) : label(row, style);
    layout.name = std::max(layout.name, columns(name));
  }

  std::string text = title_line(launches, style);
  if (!rows.empty())
    text += header(layout, rows.front().instructions.has_value(), style);
  for (const TimelineMark &mark : marks)
    text += mark_line(mark, rows, layout, style);
  return text + launch_notes(launches, style);
}

} // namespace bootperf
