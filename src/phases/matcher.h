#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <re2/re2.h>
#include <re2/set.h>

#include "base/error.h"
#include "phases/lines.h"
#include "phases/pattern.h"
#include "phases/rule.h"

namespace bootperf {

/// Finds the lines of every point's pattern in one pass: all patterns of a source are one
/// automaton.
class Matcher {
public:
  /// An index into the hits of a scan.
  using Pattern = std::size_t;

  /// Registers a point of kind match; equal ones share a pattern. Only before compile.
  Result<Pattern> add(const Point &point);
  /// An input error when the patterns together are too large.
  Result<void> compile(const std::string &file);

  /// hits[pattern]: the positions of its lines, ascending.
  std::vector<std::vector<Position>> scan(const std::vector<Line> &lines) const;

  /// What the pattern's named groups catch in a line that it is found in. The result views the line
  /// and this matcher.
  Captures captures(Pattern pattern, std::string_view line) const;

private:
  struct PerSource {
    std::unique_ptr<RE2::Set> set;
    std::vector<Pattern> patterns; ///< by index in the set
    std::vector<Pattern> any;      ///< take every line of the source
  };

  struct Single {
    std::unique_ptr<const RE2> compiled; ///< none for a pattern that takes every line
    std::vector<std::pair<std::string, std::size_t>> groups; ///< named ones, with their numbers
  };

  std::map<std::pair<Source, std::string>, Pattern> index_;
  std::vector<Single> patterns_;
  std::map<Source, PerSource> sources_;
};

} // namespace bootperf
