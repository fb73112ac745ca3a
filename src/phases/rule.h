#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/boot_log.h"
#include "phases/condition.h"

namespace bootperf {

/// A place in the sequence of lines at which a phase begins or ends.
struct Point {
  enum class Kind {
    match,     ///< a line of the source that the pattern is found in
    start,     ///< where the log begins
    end,       ///< where the log ends
    next_line, ///< the line after the phase's beginning
    begin_of,  ///< where another phase begins
    end_of,    ///< where another phase ends
  };

  Kind kind = Kind::match;
  Source source = Source::appliance;
  std::string pattern;   ///< RE2, definitions filled in; "" takes any line of the source
  std::size_t phase = 0; ///< begin_of, end_of: index of the rule
  Condition when;
  Location where;
};

/// How one phase is found. docs/phases.md says what each part means.
struct Rule {
  std::string name;
  std::vector<std::size_t> parents; ///< indices of rules; none for the root
  std::vector<Point> begin, end;    ///< alternatives: the earliest counts
  std::vector<Point> cut_by;        ///< what ends it, unfinished, when its end does not come
  bool optional = false;
  std::optional<Condition> optional_when;
  std::string label;       ///< of a repeat: its name, "insmod {module}"; "" for no repeat
  std::string pair_key;    ///< of a repeat: the group that joins an end to its beginning, or ""
  std::string pair_thread; ///< as well, where the end has it; phases of one thread nest
  Condition when;
  Location where;

  bool repeats() const { return !label.empty(); }
};

/// Rules that make a tree, in the file's order.
struct RuleSet {
  std::vector<Rule> rules;
  std::size_t root = 0;
  /// The rules in an order in which each comes after its parents and the phases it refers to.
  std::vector<std::size_t> order;
};

} // namespace bootperf
