#include "report/trend/formats.h"

#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"

namespace bootperf {
namespace {

/// A gauge of the format.
struct Family {
  Metric metric;
  const char *name, *unit, *help;
  double scale; ///< from the trend's unit to the family's
};

constexpr Family families[] = {
    {Metric::wall, "bootperf_phase_wall_seconds", "seconds",
     "Wall time of a phase of the launch, geometric mean of the session's launches", 1e-9},
    {Metric::instructions, "bootperf_phase_guest_instructions", "instructions",
     "Guest instructions of a phase of the launch, geometric mean of the session's launches", 1},
};

std::string label_value(std::string_view text) {
  std::string safe;
  for (const char byte : printable(text)) {
    if (byte == '\\' || byte == '"')
      safe += '\\';
    safe += byte;
  }
  return safe;
}

std::string label_of(const MachineClass &machine_class, const std::string &key) {
  return label_value(text_under(machine_class.keys, key));
}

std::int64_t seconds_of(const TrendSession &session) {
  const auto time = time_from_utc(session.created);
  return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count()
              : 0;
}

void add_series(std::string &text, const Family &family, const History &history,
                const ClassHistory &each, const PhaseSeries &series) {
  const std::string labels =
      fmt::format(R"({{class="{}",scenario="{}",mode="{}",phase="{}"}})", label_value(each.name),
                  label_of(each.machine_class, "scenario"), label_of(each.machine_class, "mode"),
                  label_value(series.phase));
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    const TrendPoint &point = series.points[i];
    const std::int64_t seconds = seconds_of(history.sessions[point.session]);
    const bool replaced = i + 1 < series.points.size() &&
                          seconds_of(history.sessions[series.points[i + 1].session]) == seconds;
    if (!replaced)
      text += fmt::format("{}{} {:.9g} {}\n", family.name, labels,
                          std::exp(point.mean) * family.scale, seconds);
  }
}

} // namespace

std::string trend_openmetrics(const History &history) {
  std::string text;
  for (const Family &family : families) {
    text += fmt::format("# TYPE {0} gauge\n# UNIT {0} {1}\n# HELP {0} {2}.\n", family.name,
                        family.unit, family.help);
    for (const ClassHistory &each : history.classes)
      if (each.machine_class.metric == family.metric)
        for (const PhaseSeries &series : each.series)
          add_series(text, family, history, each, series);
  }
  return text + "# EOF\n";
}

} // namespace bootperf
