#include "report/launch/formats.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "report/launch/launches.h"
#include "report/launch/phase_rows.h"
#include "report/launch/timeline_columns.h"
#include "report/launch/timeline_marks.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

namespace wide = timeline_width;

constexpr std::size_t widest_name = 40;
// A phase that takes this much of the run by itself is worth a look.
constexpr double remarkable_share = 5;

/// What all lines of one timeline share.
struct Layout {
  TimelineColumns shown = {};
  double total = 0; ///< ns
  std::size_t launches = 0;
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

std::string name_of(const PhaseRow &row, const std::vector<PhaseRow> &rows,
                    const TextStyle &style) {
  if (!row.other || !row.parent)
    return label(row, style);
  return elide("(other) of " + printable(rows[*row.parent].name), widest_name, style);
}

// In place of the drawing, which shows how deep a phase lies.
std::string indented(const PhaseRow &row, const std::string &name) {
  return std::string(row.depth, ' ') + name;
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
  if (!row.longest.empty() && layout.shown.longest)
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
  for (std::size_t i = 0; i < layout.shown.depth; ++i) {
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

/// Of stall_keys, in their order: what stands above each.
constexpr std::array<std::string_view, stall_keys.size()> stall_titles = {"spinning", "waiting",
                                                                          "host waiting"};

std::string stall_text(std::size_t key, double mean) {
  return stall_keys[key].value == &Stalls::spinning ? count_text(mean) : nanoseconds(mean);
}

/// A column for each that the launches measured; empty where a phase lacks it.
std::string stall_cells(const PhaseRow &row, const Layout &layout) {
  std::string text;
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    if (layout.shown.stalls[i])
      text += pad_left(row.stalls[i] ? stall_text(i, row.stalls[i]->mean) : "", wide::stalls[i]);
  return text;
}

std::vector<Segment> numbers(const PhaseRow &row, const Layout &layout, const TextStyle &style) {
  const Summary &wall = row.wall;
  if (wall.n == 0)
    return {{Colour::faint, pad_left("passed through", 16)}};
  const double share = layout.total > 0 ? 100 * wall.mean / layout.total : 0;
  const TimelineColumns &shown = layout.shown;
  std::vector<Segment> cells = {{Colour::plain, pad_left(nanoseconds(wall.mean), wide::mean)}};
  if (shown.spread)
    cells.push_back(
        {Colour::faint,
         pad_right(spread(wall, nanoseconds(wall.standard_deviation), style), wide::spread)});
  if (shown.share)
    cells.push_back({Colour::plain, pad_left(fmt::format("{:.1f} %", share), wide::share)});
  if (shown.instructions && row.instructions) {
    const Summary &counted = *row.instructions;
    // Its title is wider than the counts, and reaches over their spread where that is shown.
    const std::size_t reach = shown.instructions_spread ? wide::instructions_reach : 0;
    cells.push_back(
        {Colour::plain, pad_left(count_text(counted.mean), wide::instructions - reach)});
    if (shown.instructions_spread)
      cells.push_back(
          {Colour::faint, pad_right(spread(counted, count_text(counted.standard_deviation), style),
                                    wide::instructions_spread + reach)});
  }
  cells.push_back({Colour::plain, stall_cells(row, layout)});
  cells.push_back({Colour::plain, notes(row, layout)});
  return cells;
}

std::string mark_line(const TimelineMark &mark, const std::vector<PhaseRow> &rows,
                      const Layout &layout, const TextStyle &style) {
  const TimelineColumns &shown = layout.shown;
  std::vector<Segment> segments;
  if (shown.time)
    segments.push_back(
        {Colour::blue, pad_left(fmt::format("{:.1f} ms", mark.t_ns / 1e6), wide::time) +
                           std::string(wide::gap, ' ')});
  if (shown.nested)
    segments.push_back({Colour::magenta, draw(mark, layout, style) + ' '});
  if (mark.row) {
    const PhaseRow &row = rows[*mark.row];
    const std::string name = name_of(row, rows, style);
    const std::string cell =
        elide_middle(shown.nested ? name : indented(row, name), shown.name, style);
    segments.push_back({name_colour(row, layout), pad_right(cell, shown.name)});
    for (Segment &number : numbers(row, layout, style))
      segments.push_back(std::move(number));
  }
  return line(segments, style);
}

std::string header(const Layout &layout, const TextStyle &style) {
  const TimelineColumns &shown = layout.shown;
  std::string text;
  if (shown.time)
    text += pad_left("time", wide::time) + std::string(wide::gap, ' ');
  if (shown.nested)
    text += pad_right("nested", 2 * shown.depth) + " ";
  text += pad_right("phase", shown.name) + pad_left("mean", wide::mean);
  if (shown.spread)
    text += pad_right(" " + glyphs(style).plus_minus + " s.d.", wide::spread);
  if (shown.share)
    text += pad_left("share", wide::share);
  if (shown.instructions)
    text += pad_left("instructions", wide::instructions) +
            std::string(shown.instructions_spread ? wide::instructions_spread : 0, ' ');
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    if (shown.stalls[i])
      text += pad_left(std::string(stall_titles[i]), wide::stalls[i]);
  return line({{Colour::bold, text}}, style);
}

// All of them, as wide as these rows need.
TimelineColumns all_columns(const std::vector<PhaseRow> &rows,
                            const std::vector<TimelineMark> &marks, const TextStyle &style) {
  TimelineColumns all;
  for (const TimelineMark &mark : marks)
    all.depth = std::max(all.depth, mark.columns.size());
  for (const PhaseRow &row : rows) {
    all.name = std::max(all.name, columns(name_of(row, rows, style)));
    all.longest = all.longest || !row.longest.empty();
  }
  if (!rows.empty()) {
    all.instructions = rows.front().instructions.has_value();
    all.spread = rows.front().wall.n > 1;
    all.instructions_spread = all.instructions && all.spread;
    for (std::size_t i = 0; i < stall_keys.size(); ++i)
      all.stalls[i] = rows.front().stalls[i].has_value();
  }
  return all;
}

} // namespace

std::string timeline(const Launches &launches, const TextStyle &style) {
  const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::folded);
  const std::vector<TimelineMark> marks = timeline_marks(rows);
  std::size_t indented_name = 0;
  for (const PhaseRow &row : rows)
    indented_name = std::max(indented_name, columns(indented(row, name_of(row, rows, style))));
  Layout layout;
  layout.launches = launches.trees.size();
  layout.total = rows.empty() ? 0 : rows.front().wall.mean;
  layout.shown = fitting_columns(all_columns(rows, marks, style), indented_name,
                                 static_cast<std::size_t>(style.width));
  std::string text = title_line(launches, style);
  if (!rows.empty())
    text += header(layout, style);
  for (const TimelineMark &mark : marks)
    if (mark.row || layout.shown.nested)
      text += mark_line(mark, rows, layout, style);
  return text + launch_notes(launches, style);
}

} // namespace bootperf
