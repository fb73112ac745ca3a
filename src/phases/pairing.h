#pragma once

#include <optional>
#include <vector>

#include "phases/lines.h"
#include "phases/matcher.h"
#include "phases/pattern.h"
#include "phases/rule.h"

namespace bootperf {

/// A line that one of a rule's patterns is found in.
struct Occurrence {
  Position at = 0;
  Matcher::Pattern pattern = 0;
};

/// One beginning with its end.
struct Pair {
  Position begin = 0;
  std::optional<Position> end;       ///< none: it did not come
  std::optional<std::size_t> around; ///< the pair of the same thread that it lies in
  std::string_view thread;           ///< of the beginning, in its line
  std::string label;                 ///< the rule's, filled in
};

struct PairingInput {
  const Rule &rule; ///< with a pair_key
  const Matcher &matcher;
  const std::vector<Line> &lines;
  std::vector<Occurrence> begins, ends; ///< ascending
};

/// Joins every end to the latest open beginning with the same key, and with the same thread where
/// the end says it. In order of the beginnings.
std::vector<Pair> find_pairs(const PairingInput &input);

} // namespace bootperf
