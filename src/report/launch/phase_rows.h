#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "phases/phase_tree.h"
#include "statistics/summary.h"

namespace bootperf {

/// One phase over several launches, or several repeats of a phase folded into one.
struct PhaseRow {
  std::string id;   ///< of a folded row: the parent's id and the word its members begin with
  std::string name; ///< as the rules call it; of a folded row that word
  std::optional<std::size_t> parent; ///< index into the rows
  std::size_t depth = 0;
  double start_ns = 0; ///< mean
  double end_ns = 0;   ///< mean; of a folded row the end of its last member
  Summary wall;        ///< ns, over the launches that have the phase
  Summary self;        ///< ns
  std::optional<Summary> instructions;
  /// By stall_keys: spinning, in instructions, and waiting, in ns; where every launch measured it.
  std::array<std::optional<Summary>, stall_keys.size()> stalls;
  bool other = false, overlaps = false, repeated = false;
  std::size_t unfinished = 0; ///< launches that ended inside it
  /// Of a folded row: how many members in a launch, least and most, and the longest one.
  std::size_t fewest = 0, most = 0;
  std::string longest;
  double longest_ns = 0; ///< its mean over the launches
};

/// Phases that repeat, one by one or one row for all that have a parent and the first word of
/// their name in common ("insmod", "initcall").
enum class Repeats { listed, folded };

/// The phases of several launches, in the order of a walk from the root, children in order of
/// their mean begin and "(other)" last. A phase that a launch lacks is summarised over the others.
/// What lies below a folded phase is part of it.
std::vector<PhaseRow> phase_rows(const std::vector<const PhaseTree *> &trees, Repeats repeats);

} // namespace bootperf
