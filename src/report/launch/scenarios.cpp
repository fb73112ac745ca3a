#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "report/launch/formats.h"
#include "report/text/paint.h"
#include "report/text/table.h"
#include "report/text/words.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

/// A scenario's samples, as the means of their launches.
struct ScenarioMeans {
  std::string name;
  std::size_t launches = 0;
  double wall_ns = 0;
  std::optional<double> instructions, waiting_ns; ///< where every launch has them
};

template <class Value>
std::optional<double> mean_of(const std::vector<const Launch *> &launches, Value value) {
  std::vector<double> values;
  for (const Launch *launch : launches)
    if (const auto each = value(*launch))
      values.push_back(static_cast<double>(*each));
  return values.empty() || values.size() < launches.size() ? std::nullopt
                                                           : std::optional(summarise(values).mean);
}

ScenarioMeans means_of(const Session &session, const std::string &scenario) {
  std::vector<const Launch *> samples;
  for (const Launch &launch : session.launches)
    if (launch.scenario == scenario && launch.is_sample())
      samples.push_back(&launch);
  const auto wall =
      mean_of(samples, [](const Launch &launch) { return std::optional(launch.wall_ns); });
  return {scenario, samples.size(), wall.value_or(0),
          mean_of(samples, [](const Launch &launch) { return launch.instructions; }),
          mean_of(samples, [](const Launch &launch) { return launch.stalls.waiting_ns; })};
}

} // namespace

std::string scenarios_text(const Session &session, const TextStyle &style) {
  // A mean over different subjects would be of none of them.
  if (session.comparison || session.what_if || session.capacity)
    return "";
  std::vector<ScenarioMeans> all;
  for (const Scenario *scenario : session.distinct_scenarios())
    if (ScenarioMeans means = means_of(session, scenario->name); means.launches > 0)
      all.push_back(std::move(means));
  if (all.size() < 2)
    return "";
  const bool counted = std::ranges::all_of(
      all, [](const ScenarioMeans &means) { return means.instructions.has_value(); });
  if (counted)
    std::ranges::stable_sort(all, {},
                             [](const ScenarioMeans &means) { return *means.instructions; });
  Table table;
  table.fit = {{}, {}, {}, {.leaves = 1}, {.leaves = 2}};
  table.add({"scenario", "time", "instructions", "waiting", ""}, Colour::faint);
  for (const ScenarioMeans &means : all)
    table.rows.push_back(
        {{Colour::bold, printable(means.name)},
         {Colour::plain, duration_text(static_cast<std::int64_t>(means.wall_ns))},
         {Colour::plain, means.instructions ? count_text(*means.instructions) : ""},
         {Colour::plain,
          means.waiting_ns ? duration_text(static_cast<std::int64_t>(*means.waiting_ns)) : ""},
         {Colour::faint, launches_text(means.launches)}});
  return line({{Colour::bold, counted ? "scenarios, fewest instructions first" : "scenarios"}},
              style) +
         table_text(table, style);
}

} // namespace bootperf
