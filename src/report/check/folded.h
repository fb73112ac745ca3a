#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "verdict/explain/report.h"

namespace bootperf {

// The part of a comment that is folded: all there is to a check, in GitHub's markdown.

/// "❌", "✅", "⚠️"
std::string_view verdict_sign(Verdict verdict);

/// What the two values of a row are: "base → head", "baseline → now".
const char *sides_of(const ScenarioCheck &check);

/// What is folded of a scenario, line by line, so that it can be cut.
struct FoldedPart {
  std::string title; ///< HTML
  std::vector<std::string> lines;
};

/// The table of gated phases with the places below them, and remarks: where the baseline comes
/// from, all functions, what moved though nothing fails for it, how p was computed, negative
/// controls, what differs.
FoldedPart folded_part(const ScenarioCheck &check);

/// The part in at most so many bytes, its tags included. Where lines are left out the last one says
/// how many, and where they are; "" where there is no room for that either.
std::string folded_text(const FoldedPart &part, std::size_t most_bytes);

} // namespace bootperf
