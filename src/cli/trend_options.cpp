#include "cli/trend_options.h"

#include <CLI/CLI.hpp>

#include "trend/store/store.h"

namespace bootperf {

void add_place(CLI::App &verb, TrendPlace &place) {
  verb.add_option("--store", place.place,
                  "Where the trend is: a SQLite file or postgresql://HOST/DATABASE (trend.db)")
      ->envname("BOOTPERF_TREND");
}

Result<History> read_trend(const TrendPlace &place) {
  Result<Database> database = Database::connect(place.place);
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> known = check_schema(*database); !known)
    return tl::unexpected(known.error());
  return read_history(*database);
}

void add_part(CLI::App &verb, TrendPart &part) {
  verb.add_option("--class", part.machine_class, "Only classes whose name begins so");
  verb.add_option("--metric", part.metric, "Only wall, or only instructions")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb.add_option("--phase", part.phase, "Only this phase: its name, or the end of its id");
}

bool is_meant(const std::string &phase, const TrendPart &part) {
  return part.phase.empty() || phase == part.phase || phase.ends_with(" > " + part.phase);
}

History part_of(History history, const TrendPart &part) {
  for (ClassHistory &each : history.classes)
    std::erase_if(each.series,
                  [&](const PhaseSeries &series) { return !is_meant(series.phase, part); });
  std::erase_if(history.classes, [&](const ClassHistory &each) {
    return !each.name.starts_with(part.machine_class) || each.series.empty() ||
           (!part.metric.empty() && to_text(each.machine_class.metric) != part.metric);
  });
  return history;
}

} // namespace bootperf
