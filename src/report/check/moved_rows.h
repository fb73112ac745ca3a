#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "verdict/explain/report.h"

namespace bootperf {

/// A phase or a function that moved, as a row of a short table.
struct MovedRow {
  Verdict verdict = Verdict::pass;
  std::string name; ///< printable: "/init › udev trigger", "└ gawk (user)"
  std::string what; ///< "work", "waiting"; of wall time what kind the change is, or "wall time"
  std::string before, now;
  std::string change; ///< "+4.1 % (+49.20 M)"; of waiting "+3.00 s"
  double size = 0;    ///< ns or instructions; below 0 where it became less
  double share = 0;   ///< of the largest row's size among those of the same unit, −1 to 1
  bool in_ns = false; ///< the unit of the size
};

struct MovedRows {
  std::vector<MovedRow> launch; ///< its work, its waiting: those that were judged, moved or not
  std::vector<MovedRow> rows;   ///< places that regressed or improved, with their functions below
  std::size_t left_out = 0;     ///< places for which there was no row
};

/// What of a check moved, at most so many rows beside those of the launch. Places come before
/// functions: of these as many are shown as rows are left, the first place's first.
MovedRows moved_rows(const ScenarioCheck &check, std::size_t most);

/// A bar of eight blocks at most, in eighths of a block; a change is never nothing. "███▌"; "░░░░"
/// of what became less.
std::string bar(double share);

} // namespace bootperf
