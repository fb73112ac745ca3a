#pragma once

// Changes to the arguments that libguestfs starts qemu with: how a launch gets another machine, or
// a device less, without another libguestfs.

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// In every value that follows an option: the first place that matches a pattern (RE2) is replaced
/// by a text, in which \1 stands for the first group.
struct ReplacedValue {
  std::string option; ///< "-machine"
  std::string pattern, text;
  std::string as = {};   ///< the option that takes its place; "": it stays
  bool optional = false; ///< where nothing matches it is as it should be
  bool operator==(const ReplacedValue &) const = default;
};

/// These arguments, one after the other, go, wherever they stand.
struct RemovedArguments {
  std::vector<std::string> arguments;
  bool optional = false; ///< where they are not there it is as it should be
  bool operator==(const RemovedArguments &) const = default;
};

/// These are put behind all others.
struct AddedArguments {
  std::vector<std::string> arguments;
  bool operator==(const AddedArguments &) const = default;
};

using ArgumentEdit = std::variant<ReplacedValue, RemovedArguments, AddedArguments>;

/// The arguments with the edits made in their order. An edit that finds nothing to change is an
/// error of kind not_measured: a change that does nothing would be measured as one that brings
/// nothing.
Result<std::vector<std::string>> edited_arguments(std::vector<std::string> arguments,
                                                  const std::vector<ArgumentEdit> &edits);

/// The edits as a file from one program to another, in JSON, and back. What is none is an input
/// error. Bytes that are no UTF-8 are replaced: such an edit then finds nothing.
std::string edits_text(const std::vector<ArgumentEdit> &edits);
Result<std::vector<ArgumentEdit>> parse_edits(std::string_view json, const std::string &name);

} // namespace bootperf
