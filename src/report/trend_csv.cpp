#include "report/trend_csv.h"

#include <cmath>

#include <fmt/format.h>

#include "report/csv_record.h"

namespace bootperf {

std::string trend_csv(const History &history) {
  std::string text = csv_record({"class", "metric", "phase", "created", "session", "commit", "host",
                                 "launches", "mean", "spread"});
  for (const ClassHistory &each : history.classes) {
    for (const PhaseSeries &series : each.series) {
      for (const TrendPoint &point : series.points) {
        const Night &night = history.nights[point.night];
        text += csv_record({each.name, std::string(to_text(each.machine_class.metric)),
                            series.phase, night.created, night.session, night.commit, night.host,
                            fmt::format("{}", point.launches),
                            fmt::format("{:.0f}", std::exp(point.mean)),
                            fmt::format("{:.6g}", std::expm1(point.spread))});
      }
    }
  }
  return text;
}

} // namespace bootperf
