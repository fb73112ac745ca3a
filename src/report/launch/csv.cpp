#include "report/launch/formats.h"

#include <fmt/format.h>

#include "report/launch/phase_rows.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

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
  std::string text = csv_record({"scenario", "name", "parent", "launches", "start_ns",
                                 "wall_mean_ns", "wall_standard_deviation_ns", "wall_median_ns",
                                 "wall_minimum_ns", "wall_maximum_ns", "self_mean_ns",
                                 "instructions_mean", "instructions_standard_deviation"});
  for (const Launches &launches : scenarios) {
    const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::listed);
    for (const PhaseRow &row : rows) {
      const Summary &wall = row.wall;
      text +=
          csv_record({launches.title, row.id, row.parent ? rows[*row.parent].id : "",
                      fmt::format("{}", wall.n), csv_number(row.start_ns), csv_number(wall.mean),
                      csv_number(wall.standard_deviation), csv_number(wall.median),
                      csv_number(wall.minimum), csv_number(wall.maximum), csv_number(row.self.mean),
                      row.instructions ? csv_number(row.instructions->mean) : "",
                      row.instructions ? csv_number(row.instructions->standard_deviation) : ""});
    }
  }
  return text;
}

} // namespace bootperf
