#include "report/page/pages.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "report/page/document.h"
#include "report/text/words.h"
#include "report/trend/formats.h"

namespace bootperf {
namespace {

using nlohmann::ordered_json;

// In milliseconds or millions of instructions, to six digits: no chart shows more, and ten thousand
// nights of sixty phases are 4 MB so.
double shown(double log_mean) {
  const double value = std::exp(log_mean) / 1e6;
  const double unit = std::pow(10, std::floor(std::log10(value)) - 5);
  // Dividing by a power of ten rounds to the nearest number that prints short.
  return unit < 1 ? std::round(value / unit) / std::round(1 / unit)
                  : std::round(value / unit) * unit;
}

ordered_json nights_of(const History &history) {
  ordered_json nights = ordered_json::array();
  for (const Night &night : history.nights)
    nights.push_back({night.created, night.commit.substr(0, 12), night.session});
  return nights;
}

/// The nights of a class, and the place of each in its series.
struct Places {
  ordered_json nights = ordered_json::array();
  std::unordered_map<std::uint32_t, std::size_t> of;
};

Places places_of(const ClassHistory &history) {
  std::vector<std::uint32_t> nights;
  for (const PhaseSeries &series : history.series)
    for (const TrendPoint &point : series.points)
      nights.push_back(point.night);
  std::ranges::sort(nights);
  Places places;
  for (const std::uint32_t night : nights)
    if (places.of.emplace(night, places.nights.size()).second)
      places.nights.push_back(night);
  return places;
}

ordered_json series_of(const ClassHistory &history, const Places &places) {
  ordered_json all = ordered_json::array();
  for (const PhaseSeries &series : history.series) {
    ordered_json values(ordered_json::array_t(places.nights.size()));
    for (const TrendPoint &point : series.points)
      values[places.of.at(point.night)] = shown(point.mean);
    all.push_back({{"phase", short_phase(series.phase, file_style)},
                   {"id", series.phase},
                   {"values", std::move(values)}});
  }
  return all;
}

ordered_json steps_of(const History &history, const ClassTrend &trend, const Places &places) {
  ordered_json all = ordered_json::array();
  for (const PhaseStep &step : trend.steps) {
    const bool news = trend.decides && step.state == StepState::fresh;
    const StepState state = step.state == StepState::fresh && !news ? StepState::old : step.state;
    all.push_back({{"id", step.phase},
                   {"state", to_text(state)},
                   {"change", step.change},
                   {"before", step.before / 1e6},
                   {"after", step.after / 1e6},
                   {"at", places.of.at(step.night)},
                   {"lastBefore", places.of.at(step.last_before)},
                   {"firstAfter", places.of.at(step.first_after)},
                   {"commits", commit_range(history, step)},
                   {"reason", step.reason},
                   {"gated", step.gated}});
  }
  return all;
}

ordered_json model_of(const History &history, const TrendCheck &check) {
  ordered_json classes = ordered_json::array();
  for (const ClassTrend &trend : check.classes) {
    const Places places = places_of(*trend.history);
    classes.push_back({{"name", trend.history->name},
                       {"metric", to_text(trend.history->machine_class.metric)},
                       {"keys", trend.history->machine_class.keys},
                       {"decides", trend.decides},
                       {"notMeasured", trend.not_measured},
                       {"nights", places.nights},
                       {"series", series_of(*trend.history, places)},
                       {"steps", steps_of(history, trend, places)}});
  }
  return {{"exit", to_int(check.exit)},
          {"nights", nights_of(history)},
          {"classes", std::move(classes)}};
}

} // namespace

std::string trend_page(const History &history, const TrendCheck &check) {
  PageParts parts;
  parts.title = "Boot time of the libguestfs appliance: the trend";
  parts.body = trend_body();
  parts.styles = {report_style(), trend_style()};
  parts.scripts = {d3_script(),           elements_script(),    trend_chart_script(),
                   trend_strips_script(), trend_steps_script(), trend_trend_script()};
  parts.data = model_of(history, check).dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  const Embedded licence = d3_licence();
  parts.licence = licence.text;
  return html_document(parts);
}

} // namespace bootperf
