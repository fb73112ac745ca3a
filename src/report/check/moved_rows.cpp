#include "report/check/moved_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "report/check/findings.h"
#include "report/check/sentence.h"
#include "report/text/paint.h"
#include "report/text/words.h"
#include "session/collect.h"

namespace bootperf {
namespace {

/// What is longer spoils a table.
constexpr std::size_t widest_row_name = 64;

std::string what_moved(const PhaseVerdict &phase, Metric metric) {
  if (phase.waiting)
    return "waiting";
  if (metric == Metric::instructions)
    return "work";
  const std::string kind = kind_text(phase);
  return kind.empty() ? "wall time" : kind;
}

std::string change_and_size(const PhaseVerdict &phase, Metric metric) {
  std::string text = change_text(phase, file_style);
  if (phase.waiting || phase.change() == 0)
    return text;
  return text + fmt::format(" ({}{})", phase.change() < 0 ? glyphs(file_style).minus : "+",
                            mean_text(std::abs(phase.change()), phase, metric));
}

MovedRow place_row(const PhaseVerdict &phase, Metric metric) {
  return {.verdict = phase.verdict,
          .name = short_phase(phase.phase, file_style, widest_row_name),
          .what = what_moved(phase, metric),
          .before = mean_text(phase.baseline_mean, phase, metric),
          .now = mean_text(phase.current_mean, phase, metric),
          .change = change_and_size(phase, metric),
          .size = phase.change(),
          .in_ns = phase.waiting || metric == Metric::wall};
}

std::string title_of(const ChangedFunction &function) {
  const NamedCode code = named_code(function);
  return code.of.empty() ? code.name : code.name + " (" + code.of + ")";
}

MovedRow function_row(const ChangedFunction &function) {
  return {.name = glyphs(file_style).branch +
                  elide_middle(title_of(function), widest_row_name, file_style),
          .what = "work",
          .before = value_text(function.base, Metric::instructions),
          .now = value_text(function.head, Metric::instructions),
          .change = signed_count_text(function.change(), file_style),
          .size = function.change()};
}

bool has_moved(const PhaseVerdict &phase) {
  return (phase.verdict == Verdict::regressed || phase.verdict == Verdict::improved) &&
         has_numbers(phase);
}

/// Each once, those that fail the build first; the launch has rows of its own.
std::vector<const PhaseVerdict *> moved_places(const ScenarioCheck &check) {
  std::vector<const PhaseVerdict *> places;
  for (const Verdict verdict : {Verdict::regressed, Verdict::improved})
    for (const PhaseVerdict *phase : unexplained(check)) {
      const PhaseVerdict &told = told_place(*phase);
      const auto same = [&](const PhaseVerdict *other) { return other->column() == told.column(); };
      if (phase->verdict == verdict && has_moved(*phase) && told.phase != launch_id &&
          std::ranges::none_of(places, same))
        places.push_back(&told);
    }
  return places;
}

void set_shares(MovedRows &moved) {
  std::array<double, 2> largest = {0, 0};
  for (const auto *rows : {&moved.launch, &moved.rows})
    for (const MovedRow &row : *rows)
      largest.at(row.in_ns ? 1 : 0) = std::max(largest.at(row.in_ns ? 1 : 0), std::abs(row.size));
  for (auto *rows : {&moved.launch, &moved.rows})
    for (MovedRow &row : *rows)
      if (const double most = largest.at(row.in_ns ? 1 : 0); most > 0)
        row.share = row.size / most;
}

} // namespace

MovedRows moved_rows(const ScenarioCheck &check, std::size_t most) {
  MovedRows moved;
  for (const bool waiting : {false, true})
    if (const PhaseVerdict *launch = judged_launch(check, waiting))
      moved.launch.push_back(place_row(*launch, check.metric));
  const std::vector<const PhaseVerdict *> places = moved_places(check);
  const std::size_t shown = std::min(places.size(), most);
  moved.left_out = places.size() - shown;
  std::size_t free = most - shown;
  for (std::size_t i = 0; i < shown; ++i) {
    const PhaseVerdict &place = *places[i];
    moved.rows.push_back(place_row(place, check.metric));
    if (!place.functions || !place.functions->shows_it)
      continue;
    for (const ChangedFunction &function : place.functions->functions) {
      if (free == 0)
        break;
      --free;
      moved.rows.push_back(function_row(function));
    }
  }
  set_shares(moved);
  return moved;
}

std::string bar(double share) {
  constexpr std::array<const char *, 8> eighths = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  constexpr int blocks = 8;
  const double size = std::min(std::abs(share), 1.0);
  if (!std::isfinite(share) || size == 0)
    return "";
  std::string text;
  if (share < 0) {
    for (int i = std::max(1, static_cast<int>(std::lround(size * blocks))); i > 0; --i)
      text += "░";
    return text;
  }
  const auto parts = std::max<std::size_t>(1, std::lround(size * blocks * eighths.size()));
  for (std::size_t i = parts / eighths.size(); i > 0; --i)
    text += "█";
  return text + eighths.at(parts % eighths.size());
}

} // namespace bootperf
