#include "report/trend/formats.h"

#include <cmath>

#include <fmt/format.h>

#include "report/text/escape.h"

namespace bootperf {

namespace {

std::string fields(const std::vector<std::string> &texts) {
  std::string text;
  for (const std::string &each : texts)
    text += csv_field(each) + ',';
  return text;
}

} // namespace

std::string trend_csv(const History &history) {
  // What comes again in every line is escaped once.
  std::vector<std::string> sessions;
  for (const TrendSession &each : history.sessions)
    sessions.push_back(fields({each.created, each.id, each.commit, each.host}));
  std::string text = csv_record({"class", "metric", "phase", "created", "session", "commit", "host",
                                 "launches", "mean", "spread"});
  for (const ClassHistory &each : history.classes) {
    for (const PhaseSeries &series : each.series) {
      const std::string begin =
          fields({each.name, std::string(to_text(each.machine_class.metric)), series.phase});
      for (const TrendPoint &point : series.points)
        text += fmt::format("{}{}{},{:.0f},{:.6g}\r\n", begin, sessions[point.session],
                            point.launches, std::exp(point.mean), std::expm1(point.spread));
    }
  }
  return text;
}

} // namespace bootperf
