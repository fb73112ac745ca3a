#include "report/page/pages.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/page/document.h"
#include "report/text/words.h"
#include "report/trend/class_names.h"
#include "report/trend/sentence.h"
#include "trend/causes.h"

namespace bootperf {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t night_commit = 12;
constexpr std::size_t most_named = 4; // sessions or commits of a night

// In milliseconds or millions of instructions, to six digits: no chart shows more, and ten thousand
// nights of sixty phases are 4 MB so.
double shown(double log_mean) {
  const double value = std::exp(log_mean) / 1e6;
  const double unit = std::pow(10, std::floor(std::log10(value)) - 5);
  // Dividing by a power of ten rounds to the nearest number that prints short.
  return unit < 1 ? std::round(value / unit) / std::round(1 / unit)
                  : std::round(value / unit) * unit;
}

// In hundred-thousandths: an integer prints shorter.
std::int64_t shown_spread(double spread) {
  return std::llround(spread * 1e5);
}

/// "a, b, c, d and 8 more", each once.
std::string few_of(std::vector<std::string> names) {
  names.erase(std::unique(names.begin(), names.end()), names.end());
  const std::size_t all = names.size();
  names.resize(std::min(all, most_named));
  std::string text = fmt::format("{}", fmt::join(names, ", "));
  return all > most_named ? fmt::format("{} and {} more", text, all - most_named) : text;
}

/// Of each night [date, commits, sessions, launches].
ordered_json nights_of(const History &history, const ClassTrend &trend) {
  ordered_json nights = ordered_json::array();
  for (const Night &night : trend.nights.nights) {
    std::vector<std::string> commits, sessions;
    for (const std::uint32_t session : night.sessions) {
      const TrendSession &each = history.sessions[session];
      sessions.push_back(each.id);
      if (!each.commit.empty())
        commits.push_back(each.commit.substr(0, night_commit));
    }
    nights.push_back(
        {date_of(history, night), few_of(std::move(commits)), few_of(std::move(sessions)), 0});
  }
  for (const std::vector<NightValue> &series : trend.nights.series)
    for (const NightValue &value : series)
      if (ordered_json &launches = nights[value.night][3]; launches < value.launches)
        launches = value.launches;
  return nights;
}

/// The phase that the id's phase lies in, of those that there are; "" for none.
std::string parent_of(const std::string &id, const ClassHistory &history) {
  for (std::size_t end = id.rfind(" > "); end != std::string::npos;
       end = id.rfind(" > ", end - 1)) {
    const std::string_view outer = std::string_view(id).substr(0, end);
    if (std::ranges::binary_search(history.series, outer, {}, &PhaseSeries::phase))
      return std::string(outer);
    if (end == 0)
      break;
  }
  return "";
}

ordered_json series_of(const ClassTrend &trend) {
  ordered_json all = ordered_json::array();
  const ordered_json nothing = ordered_json::array_t(trend.nights.nights.size());
  for (std::size_t i = 0; i < trend.limits.size(); ++i) {
    const std::string &id = trend.history->series[i].phase;
    ordered_json values = nothing;
    ordered_json spreads = nothing;
    for (const NightValue &value : trend.nights.series[i]) {
      values[value.night] = shown(value.mean);
      spreads[value.night] = shown_spread(value.spread);
    }
    all.push_back({{"phase", short_phase(id, file_style)},
                   {"name", printable(id_parts(id).back())},
                   {"id", id},
                   {"parent", parent_of(id, *trend.history)},
                   {"gated", trend.limits[i].gated},
                   {"least", trend.limits[i].least},
                   {"values", std::move(values)},
                   {"spreads", std::move(spreads)}});
  }
  return all;
}

ordered_json steps_of(const StepCause &cause) {
  ordered_json all = ordered_json::array();
  for (const PhaseStep *step : cause.steps)
    all.push_back({{"id", step->phase},
                   {"change", step->change},
                   {"before", step->before},
                   {"after", step->after},
                   {"at", step->night},
                   {"lastBefore", step->last_before},
                   {"firstAfter", step->first_after}});
  return all;
}

ordered_json causes_json(const History &history, const ClassTrend &trend,
                         const std::vector<StepCause> &causes, const Openness &open) {
  ordered_json all = ordered_json::array();
  for (const StepCause &cause : causes)
    all.push_back({{"state", to_text(cause.state)},
                   {"sentence", cause_sentence(history, trend, cause, file_style)},
                   {"also", also_text(cause, file_style)},
                   {"outcome", outcome_text(history, trend, cause)},
                   {"named", cause.named->phase},
                   {"accept", accept_command(cause, trend, open)},
                   {"commits", commit_range(history, trend, *cause.named)},
                   {"steps", steps_of(cause)}});
  return all;
}

ordered_json trend_model(const History &history, const TrendCheck &check,
                         const std::string &repository) {
  ordered_json classes = ordered_json::array();
  const std::vector<std::string> names = class_names(history, file_style);
  std::vector<std::vector<StepCause>> causes;
  for (const ClassTrend &trend : check.classes)
    causes.push_back(step_causes(trend));
  const Openness open = openness_of(causes);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const ClassTrend &trend = check.classes[i];
    classes.push_back({{"name", names[i]},
                       {"id", trend.history->name},
                       {"metric", to_text(trend.history->machine_class.metric)},
                       {"keys", trend.history->machine_class.keys},
                       {"decides", trend.decides},
                       {"metricDecides", trend.metric_decides},
                       {"ended", trend.ended},
                       {"notMeasured", trend.not_measured},
                       {"nights", nights_of(history, trend)},
                       {"series", series_of(trend)},
                       {"causes", causes_json(history, trend, causes[i], open)}});
  }
  return {{"exit", to_int(check.exit)},
          {"repository", repository},
          {"sessions", history.sessions.size()},
          {"classes", std::move(classes)}};
}

} // namespace

std::string trend_page(const History &history, const TrendCheck &check,
                       const std::string &repository) {
  PageParts parts;
  parts.title = "Boot time of the libguestfs appliance: the trend";
  parts.body = trend_body();
  parts.styles = {report_style(), trend_style()};
  parts.scripts = {d3_script(),           elements_script(),    numbers_script(),
                   trend_nights_script(), trend_chart_script(), trend_tree_script(),
                   trend_causes_script(), trend_trend_script()};
  parts.data = trend_model(history, check, repository)
                   .dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  const Embedded licence = d3_licence();
  parts.licence = licence.text;
  return html_document(parts);
}

} // namespace bootperf
