#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/launch/launches.h"
#include "report/text/style.h"

namespace bootperf {

/// What a phase takes by itself, the "(other)" of its level included.
struct SelfTime {
  std::string id;
  std::string name;
  std::size_t repeats = 0; ///< how many phases were folded into it; 0: it is one phase
  double ns = 0;           ///< mean over all launches, those that lack the phase as 0
  double instructions = 0; ///< likewise; 0 when not counted
  double waiting_ns = 0;   ///< likewise: halted until a timer of the guest's; 0 when not measured
  int per_mille = 0;       ///< of the run, rounded so that all of a table make 1000
};

struct LongestTable {
  std::vector<SelfTime> phases; ///< longest first
  SelfTime rest;                ///< all phases that had no place
  std::size_t rest_phases = 0;
  SelfTime total;
  bool counted = false;
  bool waiting_measured = false;
};

/// The phases that take most by themselves. Repeats are folded; what overlaps is in no sum. The
/// phases and the rest add up to the total, in time and in shares.
LongestTable longest_phases(const Launches &launches, std::size_t most = 15);

std::string longest_text(const LongestTable &table, const TextStyle &style);

} // namespace bootperf
