#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/capacity/formats.h"
#include "report/text/paint.h"
#include "report/text/table.h"

namespace bootperf {
namespace {

std::string memory_text(std::int64_t bytes) {
  constexpr double gibibyte = 1U << 30U;
  return bytes == 0 ? "not known"
                    : fmt::format("{:.1f} GiB", static_cast<double>(bytes) / gibibyte);
}

std::string period_text(std::int64_t nanoseconds) {
  constexpr std::int64_t second = 1'000'000'000, minute = 60 * second;
  return nanoseconds % minute == 0
             ? fmt::format("{} min", nanoseconds / minute)
             : fmt::format("{:g} s", static_cast<double>(nanoseconds) / second);
}

/// A bar of blocks: a curve is seen before it is read.
std::string bar(double share, const TextStyle &style) {
  constexpr double longest = 24;
  std::string text;
  for (int i = 0; i < static_cast<int>(share * longest + 0.5); ++i)
    text += style.utf8 ? "█" : "#";
  return text;
}

std::string curve_table(const CapacityCurve &curve, const TextStyle &style) {
  Table table;
  table.fit = {{}, {}, {.leaves = 4}, {.leaves = 3}, {.leaves = 2}, {}, {.leaves = 1}};
  table.add({"at once", "a minute", "", "half within", "nine of ten", "failed", "memory"},
            Colour::faint);
  double most = 0;
  for (const CapacityLevel &level : curve.levels)
    most = std::max(most, level.a_minute());
  for (std::size_t i = 0; i < curve.levels.size(); ++i) {
    const CapacityLevel &level = curve.levels[i];
    table.add({pad_left(std::to_string(level.at_once), 7),
               pad_left(fmt::format("{:.1f}", level.a_minute()), 8),
               bar(level.a_minute() / most, style),
               duration_text(static_cast<std::int64_t>(level.median_ns)),
               duration_text(static_cast<std::int64_t>(level.slow_ns)),
               std::to_string(level.failed), memory_text(level.memory_bytes)},
              i == curve.best ? Colour::bold : Colour::plain);
  }
  return table_text(table, style);
}

} // namespace

std::string capacity_sentence(const std::vector<CapacityCurve> &curves, const CapacityWish &wish) {
  const CapacityAnswer answer = capacity_answer(curves, wish);
  // More at once may make more: what was interrupted is a bound, and says no to nothing.
  const bool is_whole =
      std::ranges::none_of(curves, [](const CapacityCurve &curve) { return curve.ended.empty(); });
  const std::string made =
      fmt::format("{}{:.1f}", is_whole ? "" : "at least ", answer.made_a_minute);
  const std::string by = curves.size() == 1
                             ? fmt::format("this machine makes {} ({} at once, {})", made,
                                           curves.front().knee().at_once,
                                           memory_text(curves.front().knee().memory_bytes))
                             : fmt::format("these {} machines make {}", curves.size(), made);
  const std::string verdict = answer.enough ? "yes."
                              : is_whole
                                  ? fmt::format("no; {} such machines would.", answer.machines)
                                  : "not known, it was interrupted before more were tried at once.";
  return fmt::format("{} guests in {}: needs {:.1f} a minute; {}: {}", wish.guests,
                     period_text(wish.within_ns), answer.needed_a_minute, by, verdict);
}

std::string level_text(const CapacityLevel &level) {
  return fmt::format("{} at once: {:.1f} a minute, half within {}{}", level.at_once,
                     level.a_minute(), duration_text(static_cast<std::int64_t>(level.median_ns)),
                     level.failed > 0 ? fmt::format(", {} failed", level.failed) : "");
}

std::string capacity_text(const std::vector<CapacityCurve> &curves, const CapacityWish &wish,
                          const TextStyle &style) {
  std::string text =
      line({{Colour::bold, capacity_sentence(curves, wish)}}, {style.colour, style.utf8, 0});
  for (const CapacityCurve &curve : curves) {
    text += '\n';
    if (curves.size() > 1)
      text += line({{Colour::bold, printable(curve.host)}}, style);
    text += curve_table(curve, style);
    if (!curve.ended.empty())
      text += line({{Colour::faint, "  " + printable(curve.ended)}}, style);
  }
  return text;
}

} // namespace bootperf
