#include "report/launch/longest.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "base/text.h"
#include "report/launch/phase_rows.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"

namespace bootperf {
namespace {

const std::optional<Summary> &waiting_of(const PhaseRow &row) {
  const auto key = std::ranges::find(stall_keys, &Stalls::waiting_ns, &StallKey::value);
  return row.stalls[static_cast<std::size_t>(key - stall_keys.begin())];
}

double mean_over(const Summary &summary, std::size_t launches) {
  if (summary.n == 0)
    return 0; // no launch has a time for it
  return summary.mean * static_cast<double>(summary.n) / static_cast<double>(launches);
}

// Its own time is what its summed children leave of it. Computed here rather than taken from the
// phases' self time, so that the parts make the whole even where launches lack a phase.
std::vector<SelfTime> self_times(const std::vector<PhaseRow> &rows, std::size_t launches) {
  std::vector<SelfTime> selves(rows.size());
  std::vector<bool> summed(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PhaseRow &row = rows[i];
    const bool parent_summed = !row.parent || summed[*row.parent];
    summed[i] = parent_summed && !row.overlaps && !row.other;
    if (!summed[i])
      continue;
    const double wall = mean_over(row.wall, launches);
    const double counted = row.instructions ? mean_over(*row.instructions, launches) : 0;
    const auto &summary = waiting_of(row);
    const double waiting = summary ? mean_over(*summary, launches) : 0;
    selves[i] = {row.id, row.name, row.most, wall, counted, waiting, 0};
    if (row.parent) {
      selves[*row.parent].ns -= wall;
      selves[*row.parent].instructions -= counted;
      selves[*row.parent].waiting_ns -= waiting;
    }
  }
  std::vector<SelfTime> kept;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!summed[i])
      continue;
    // Only an inconsistent file holds children that are longer than their parent.
    selves[i].ns = std::max(0.0, selves[i].ns);
    selves[i].instructions = std::max(0.0, selves[i].instructions);
    selves[i].waiting_ns = std::max(0.0, selves[i].waiting_ns);
    if (selves[i].ns > 0)
      kept.push_back(selves[i]);
  }
  return kept;
}

// Largest remainders: rounding each for itself would make 99.9 % or 100.2 %.
void apportion(std::vector<SelfTime *> parts, double total) {
  if (!(total > 0))
    return;
  int left = 1000;
  const auto exact = [total](const SelfTime *part) { return 1000 * part->ns / total; };
  for (SelfTime *part : parts) {
    part->per_mille = static_cast<int>(std::floor(exact(part)));
    left -= part->per_mille;
  }
  std::stable_sort(parts.begin(), parts.end(), [&](const SelfTime *a, const SelfTime *b) {
    return exact(a) - std::floor(exact(a)) > exact(b) - std::floor(exact(b));
  });
  for (SelfTime *part : parts) {
    if (left-- <= 0)
      break;
    ++part->per_mille;
  }
}

void add(SelfTime &sum, const SelfTime &part) {
  sum.ns += part.ns;
  sum.instructions += part.instructions;
  sum.waiting_ns += part.waiting_ns;
}

/// What all lines of a table share: the widths of its columns, 0 for those that are left out.
struct Columns {
  std::size_t name = 26, self = 12, share = 10, instructions = 0, waiting = 0;
};

Columns columns_of(const LongestTable &table, std::size_t name, const TextStyle &style) {
  constexpr std::size_t least_name = 24;
  Columns shown;
  shown.name = std::max(shown.name, name);
  shown.instructions = table.counted ? 14 : 0;
  shown.waiting = table.waiting_measured ? 12 : 0;
  const std::vector<std::size_t> widths = fit_columns({{shown.name, 0, least_name},
                                                       {shown.self, 0, 0},
                                                       {shown.share, 3, 0},
                                                       {shown.instructions, 1, 0},
                                                       {shown.waiting, 2, 0}},
                                                      static_cast<std::size_t>(style.width));
  return {widths[0], widths[1], widths[2], widths[3], widths[4]};
}

std::string cell(const std::string &text, std::size_t width) {
  return width == 0 ? "" : pad_left(text, width);
}

std::string row_text(const std::string &name, const SelfTime &self, const Columns &shown,
                     Colour colour, const TextStyle &style) {
  const std::string share = fmt::format("{}.{} %", self.per_mille / 10, self.per_mille % 10);
  return line({{colour, pad_right(elide_middle(name, shown.name, style), shown.name)},
               {Colour::plain, cell(duration_text(std::llround(self.ns)), shown.self)},
               {Colour::plain, cell(share, shown.share)},
               {Colour::plain, cell(count_text(self.instructions), shown.instructions)},
               {Colour::plain, cell(duration_text(std::llround(self.waiting_ns)), shown.waiting)}},
              style);
}

std::string name_of(const SelfTime &phase, std::size_t width, const TextStyle &style) {
  const std::string repeats =
      phase.repeats > 0 ? fmt::format(" {} {}", glyphs(style).times, phase.repeats) : "";
  return short_phase(phase.id, style, width - std::min(width - 1, columns(repeats))) + repeats;
}

} // namespace

LongestTable longest_phases(const Launches &launches, std::size_t most) {
  LongestTable table;
  const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::folded);
  if (rows.empty())
    return table;
  std::vector<SelfTime> selves = self_times(rows, launches.trees.size());
  std::stable_sort(selves.begin(), selves.end(),
                   [](const SelfTime &a, const SelfTime &b) { return a.ns > b.ns; });
  for (const SelfTime &self : selves) {
    add(table.total, self);
    if (table.phases.size() < most) {
      table.phases.push_back(self);
    } else {
      add(table.rest, self);
      ++table.rest_phases;
    }
  }
  table.counted = rows.front().instructions.has_value();
  table.waiting_measured = waiting_of(rows.front()).has_value();
  std::vector<SelfTime *> parts;
  parts.reserve(table.phases.size() + 1);
  for (SelfTime &phase : table.phases)
    parts.push_back(&phase);
  parts.push_back(&table.rest);
  apportion(parts, table.total.ns);
  table.total.per_mille =
      std::accumulate(parts.begin(), parts.end(), 0,
                      [](int sum, const SelfTime *part) { return sum + part->per_mille; });
  return table;
}

std::string longest_text(const LongestTable &table, const TextStyle &style) {
  if (table.phases.empty())
    return "";
  constexpr std::size_t widest_name = 48;
  std::size_t widest = 0;
  for (const SelfTime &phase : table.phases)
    widest = std::max(widest, columns(name_of(phase, widest_name, style)));
  const Columns shown = columns_of(table, widest, style);
  std::string text = line(
      {{Colour::bold, pad_right("longest phases", shown.name) + cell("self", shown.self) +
                          cell("share", shown.share) + cell("instructions", shown.instructions) +
                          cell("waiting", shown.waiting)}},
      style);
  for (const SelfTime &phase : table.phases)
    text += row_text(name_of(phase, shown.name, style), phase, shown, Colour::green, style);
  if (table.rest_phases > 0)
    text += row_text(fmt::format("all others ({} phases)", table.rest_phases), table.rest, shown,
                     Colour::faint, style);
  return text + row_text("total", table.total, shown, Colour::bold, style);
}

} // namespace bootperf
