#include "report/csv.h"

#include <cmath>

#include <fmt/format.h>

#include "report/escape.h"
#include "report/phase_rows.h"

namespace bootperf {
namespace {

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string flag(bool set) {
  return set ? "1" : "0";
}

std::string count(const std::optional<std::uint64_t> &value) {
  return value ? fmt::format("{}", *value) : "";
}

} // namespace

std::string launch_csv(const PhaseTree &tree) {
  std::string text = csv_record({"name", "parent", "start_ns", "wall_ns", "self_ns", "instructions",
                             "self_instructions", "repeated", "overlaps", "unfinished"});
  for (const Phase &phase : tree.phases) {
    const bool has_parent = phase.parent && *phase.parent < tree.phases.size();
    text += csv_record({phase.id, has_parent ? tree.phases[*phase.parent].id : "",
                    fmt::format("{}", phase.start_ns), fmt::format("{}", phase.wall_ns),
                    fmt::format("{}", phase.self_ns), count(phase.instructions),
                    count(phase.self_instructions), flag(phase.repeated), flag(phase.overlaps),
                    flag(phase.unfinished)});
  }
  return text;
}

std::string launches_csv(const std::vector<Launches> &scenarios) {
  std::string text =
      csv_record({"scenario", "name", "parent", "launches", "start_ns", "wall_mean_ns",
              "wall_standard_deviation_ns", "wall_median_ns", "wall_minimum_ns", "wall_maximum_ns",
              "self_mean_ns", "instructions_mean", "instructions_standard_deviation"});
  for (const Launches &launches : scenarios) {
    const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::listed);
    for (const PhaseRow &row : rows) {
      const Summary &wall = row.wall;
      text += csv_record({launches.title, row.id, row.parent ? rows[*row.parent].id : "",
                      fmt::format("{}", wall.n), number(row.start_ns), number(wall.mean),
                      number(wall.standard_deviation), number(wall.median), number(wall.minimum),
                      number(wall.maximum), number(row.self.mean),
                      row.instructions ? number(row.instructions->mean) : "",
                      row.instructions ? number(row.instructions->standard_deviation) : ""});
    }
  }
  return text;
}

} // namespace bootperf
