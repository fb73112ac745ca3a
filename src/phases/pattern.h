#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <re2/re2.h>

#include "base/error.h"

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

} // namespace bootperf
