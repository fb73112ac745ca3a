#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capture/log/boot_log.h"

namespace bootperf {

/// Whether a rule is meant for a launch. Unknown: the log does not say (it lacks the key).
enum class Applies { no, unknown, yes };

/// One bound of a version range: ">=1.57.3".
struct VersionBound {
  enum class Relation { less, at_most, equal, at_least, more };

  Relation relation = Relation::equal;
  std::vector<unsigned long> version;
};

/// For which launches a rule, or one of its points, is meant. Empty parts mean any.
struct Condition {
  struct Value {
    std::string text;
    bool excluded = false; ///< "!quiet": any but this
  };

  std::map<std::string, std::vector<Value>> values; ///< mode, arch, backend, accel, excerpt
  std::vector<VersionBound> libguestfs;             ///< all have to hold

  Applies applies(const BootLog &log) const;
};

/// "1.57.3", also with something behind it ("1.48.6-2+b1"). None when it begins with no number.
std::optional<std::vector<unsigned long>> parse_version(std::string_view text);

/// ">=1.50 <1.57.3": bounds with blanks between them. None when it is not that.
std::optional<std::vector<VersionBound>> parse_version_range(std::string_view text);

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
  std::vector<Point> without_begin; ///< what shows that it had begun, when its beginning is missing
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

/// Makes a rule set of rules: one root, and an order in which every rule comes after its parents
/// and after the phases that its points refer to. An input error when there is no such order.
Result<RuleSet> order_rules(std::vector<Rule> rules);

/// Reads a file of rules (docs/phases.md states the schema). Strict: an unknown key, a wrong type,
/// a bad pattern, a parent that is not there or that is its own descendant, a name that comes twice
/// are input errors with file, line, column and what was expected.
Result<RuleSet> read_rules(std::string_view yaml, const std::string &name);

} // namespace bootperf
