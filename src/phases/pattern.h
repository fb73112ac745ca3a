#pragma once

#include <map>
#include <memory>
#include <optional>
#include <re2/re2.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "phases/rule.h"

namespace bootperf {

/// The options every pattern is compiled with: console text is bytes, not UTF-8.
RE2::Options pattern_options();

/// The compiled pattern; an input error at `where` when it is none.
Result<std::unique_ptr<const RE2>> compile_pattern(const std::string &pattern,
                                                   const Location &where);

/// The text with every "${name}" replaced by its definition. An input error at `where` for a name
/// that is not defined, or when the result is longer than 4 KiB.
Result<std::string> expand_definitions(std::string_view text,
                                       const std::map<std::string, std::string> &definitions,
                                       const Location &where);

/// What the named groups of a pattern caught in a line; both views live as long as their owners. A
/// group that took no part is absent.
using Captures = std::vector<std::pair<std::string_view, std::string_view>>;

/// The group's text, or "" when it took no part.
std::string_view value_of(const Captures &captures, std::string_view group);

/// "insmod {module}" with its groups filled in, clean.
std::string fill_label(std::string_view label, const Captures &captures);

/// A name fit to be part of an id: at most 200 printable ASCII characters; others become '_', and
/// so does the '>' of a separator; "(other)" is taken.
std::string clean_label(std::string_view text);

/// What is wrong with the label and the pairing of a repeated rule: groups that its patterns lack.
std::optional<std::string> label_problem(const Rule &rule);

} // namespace bootperf
