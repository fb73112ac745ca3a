#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/launch/formats.h"
#include "report/launch/longest.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

constexpr std::size_t widest_outline_name = 60;
constexpr std::int64_t remarkable_rest_ns = 100'000;

/// A line of the outline: a phase, or repeats of one folded into it.
struct OutlineRow {
  const Phase *phase = nullptr;
  std::size_t depth = 0;
  std::size_t repeats = 0; ///< folded; 0: it is one phase
  std::int64_t wall_ns = 0;
  bool timed = true;
};

std::string word_of(const Phase &phase) {
  return phase.name.substr(0, phase.name.find(' '));
}

std::vector<OutlineRow> rows_of(const PhaseTree &tree) {
  std::vector<OutlineRow> rows;
  std::vector<std::size_t> depths(tree.phases.size());
  std::vector<bool> folded(tree.phases.size());
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    const std::optional<std::size_t> parent = phase.parent;
    depths[i] = parent ? depths[*parent] + 1 : 0;
    folded[i] = phase.repeated || (parent && folded[*parent]);
    if (phase.other && (!phase.timed() || phase.wall_ns < remarkable_rest_ns || folded[i]))
      continue;
    if (parent && folded[*parent])
      continue;
    OutlineRow *last = rows.empty() ? nullptr : &rows.back();
    const bool again = phase.repeated && last && last->repeats > 0 &&
                       last->phase->parent == parent && word_of(*last->phase) == word_of(phase);
    if (!again)
      last = &rows.emplace_back(OutlineRow{&phase, depths[i]});
    last->repeats += phase.repeated ? 1 : 0;
    last->wall_ns += phase.wall_ns;
    last->timed = last->timed && phase.timed();
  }
  return rows;
}

std::string name_of(const OutlineRow &row, const TextStyle &style) {
  std::string name = row.repeats > 0 ? word_of(*row.phase) : row.phase->name;
  if (row.repeats > 0)
    name += fmt::format(" {} {}", glyphs(style).times, row.repeats);
  return elide(std::string(2 * row.depth, ' ') + printable(name), widest_outline_name, style);
}

std::string state_of(const OutlineRow &row) {
  std::string state =
      row.timed ? row.phase->clock == TimeSource::guest ? "guest's clock" : "" : "passed through";
  if (row.phase->unfinished)
    state = row.timed && state.empty() ? "unfinished" : state + ", unfinished";
  return state;
}

std::string tree_outline(const PhaseTree &tree, const TextStyle &style) {
  const std::vector<OutlineRow> rows = rows_of(tree);
  std::size_t width = 20;
  for (const OutlineRow &row : rows)
    width = std::max(width, columns(name_of(row, style)));
  std::string text =
      line({{Colour::bold, pad_right("phase", width) + pad_left("time", 12)}}, style);
  for (const OutlineRow &row : rows) {
    const std::string time = row.timed ? duration_text(row.wall_ns) : "";
    const Colour colour = row.phase->unfinished ? Colour::red
                          : row.phase->other    ? Colour::faint
                                                : Colour::green;
    text += line({{colour, pad_right(name_of(row, style), width)},
                  {Colour::plain, pad_left(time, 12)},
                  {Colour::faint, "  " + state_of(row)}},
                 style);
  }
  return text;
}

bool has_timeline(const PhaseTree &tree) {
  if (tree.phases.empty())
    return true;
  const auto on = [&](TimeSource clock) {
    return std::ranges::count(tree.phases, clock, &Phase::clock);
  };
  return on(TimeSource::guest) == 0 && on(TimeSource::none) < on(TimeSource::host) &&
         tree.phases.front().clock == TimeSource::host;
}

} // namespace

bool on_one_clock(const Launches &launches) {
  return std::ranges::all_of(launches.trees,
                             [](const PhaseTree *tree) { return has_timeline(*tree); });
}

std::string outline(const Launches &launches, const TextStyle &style) {
  std::string text = title_line(launches, style);
  for (const PhaseTree *tree : launches.trees)
    text += tree_outline(*tree, style);
  return text + launch_notes(launches, style);
}

std::string launches_text(const Launches &launches, const TextStyle &style) {
  if (!on_one_clock(launches))
    return outline(launches, style);
  return timeline(launches, style) + '\n' + longest_text(longest_phases(launches), style);
}

} // namespace bootperf
