#pragma once

#include <optional>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"
#include "phases/lines.h"
#include "phases/matcher.h"
#include "phases/rule.h"

namespace bootperf {

/// A phase found in a launch, not yet in its tree.
struct Instance {
  std::size_t rule = 0;
  Position begin = 0, end = 0;       ///< inside its parent's
  std::optional<std::size_t> parent; ///< index of an instance; none for the root
  bool unfinished = false;
  bool lacks_end = false;    ///< unfinished because its end did not come before the log broke off
  bool begun_before = false; ///< its beginning is not in the log: it began somewhere before `begin`
  bool inferred = false;     ///< no line shows it: it begins with a phase that had begun before
  bool ended_before = false; ///< it ends where such a phase begins: somewhere before `end`
  std::string label;         ///< of a repeat: its name
};

/// The patterns of a rule's points, in the points' order; none for points that are no pattern.
struct RulePatterns {
  std::vector<std::optional<Matcher::Pattern>> begin, without_begin, end, cut_by;
};

/// What there is to place phases with.
struct PlacementInput {
  const RuleSet &set;
  const std::vector<RulePatterns> &patterns; ///< by rule
  const Matcher &matcher;
  const BootLog &log;
  const Positions &positions;
};

/// Where every rule's phases are. Parents come before their children.
struct Placement {
  std::vector<Instance> instances;
  std::vector<std::vector<std::size_t>> by_rule; ///< ascending by beginning
  std::vector<Applies> applies;                  ///< by rule
};

Placement place_phases(const PlacementInput &input);

} // namespace bootperf
