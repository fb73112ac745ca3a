#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capture/boot_log.h"

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

  std::map<std::string, std::vector<Value>> values; ///< mode, arch, backend, accel
  std::vector<VersionBound> libguestfs;             ///< all have to hold

  Applies applies(const BootLog &log) const;
};

/// "1.57.3", also with something behind it ("1.48.6-2+b1"). None when it begins with no number.
std::optional<std::vector<unsigned long>> parse_version(std::string_view text);

/// ">=1.50 <1.57.3": bounds with blanks between them. None when it is not that.
std::optional<std::vector<VersionBound>> parse_version_range(std::string_view text);

} // namespace bootperf
