#include "report/launch/formats.h"

#include <initializer_list>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "report/launch/phase_rows.h"
#include "report/text/escape.h"

namespace bootperf {
namespace {

std::string flag(bool set) {
  return set ? "1" : "0";
}

std::string time(const Phase &phase, std::int64_t ns) {
  return phase.timed() ? fmt::format("{}", ns) : "";
}

std::string count(const std::optional<std::uint64_t> &value) {
  return value ? fmt::format("{}", *value) : "";
}

std::vector<std::string> stall_columns(const char *StallKey::*name,
                                       const std::string &suffix = "") {
  std::vector<std::string> columns;
  for (const StallKey &key : stall_keys)
    columns.push_back(key.*name + suffix);
  return columns;
}

std::vector<std::string> stall_cells(const Stalls &stalls) {
  std::vector<std::string> cells;
  for (const StallKey &key : stall_keys)
    cells.push_back(count(stalls.*key.value));
  return cells;
}

std::vector<std::string> joined(std::vector<std::string> cells,
                                std::initializer_list<std::vector<std::string>> more) {
  for (const std::vector<std::string> &each : more)
    cells.insert(cells.end(), each.begin(), each.end());
  return cells;
}

} // namespace

std::string launch_csv(const PhaseTree &tree) {
  std::string text = csv_record(
      joined({"name", "parent", "start_ns", "wall_ns", "self_ns", "instructions",
              "self_instructions", "repeated", "overlaps", "unfinished"},
             {stall_columns(&StallKey::in_phase), stall_columns(&StallKey::self_time), {"clock"}}));
  for (const Phase &phase : tree.phases) {
    const bool has_parent = phase.parent && *phase.parent < tree.phases.size();
    text += csv_record(
        joined({phase.id, has_parent ? tree.phases[*phase.parent].id : "",
                time(phase, phase.start_ns), time(phase, phase.wall_ns), time(phase, phase.self_ns),
                count(phase.instructions), count(phase.self_instructions), flag(phase.repeated),
                flag(phase.overlaps), flag(phase.unfinished)},
               {stall_cells(phase.stalls),
                stall_cells(phase.self_stalls),
                {std::string(to_text(phase.clock))}}));
  }
  return text;
}

std::string launches_csv(const std::vector<Launches> &scenarios) {
  std::string text = csv_record(
      joined({"scenario", "name", "parent", "launches", "start_ns", "wall_mean_ns",
              "wall_standard_deviation_ns", "wall_median_ns", "wall_minimum_ns", "wall_maximum_ns",
              "self_mean_ns", "instructions_mean", "instructions_standard_deviation"},
             {stall_columns(&StallKey::in_phase, "_mean")}));
  for (const Launches &launches : scenarios) {
    const std::vector<PhaseRow> rows = phase_rows(launches.trees, Repeats::listed);
    for (const PhaseRow &row : rows) {
      const Summary &wall = row.wall;
      std::vector<std::string> stalls;
      for (const auto &summary : row.stalls)
        stalls.push_back(summary ? csv_number(summary->mean) : "");
      text += csv_record(joined(
          {launches.title, row.id, row.parent ? rows[*row.parent].id : "",
           fmt::format("{}", wall.n), wall.n > 0 ? csv_number(row.start_ns) : "",
           csv_number(wall.mean), csv_number(wall.standard_deviation), csv_number(wall.median),
           csv_number(wall.minimum), csv_number(wall.maximum), csv_number(row.self.mean),
           row.instructions ? csv_number(row.instructions->mean) : "",
           row.instructions ? csv_number(row.instructions->standard_deviation) : ""},
          {stalls}));
    }
  }
  return text;
}

} // namespace bootperf
