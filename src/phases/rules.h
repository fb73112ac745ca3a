#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "capture/log/boot_log.h"
#include "phases/phase_tree.h"

namespace bootperf {

/// The compiled phase rules (docs/phases.md states the file's schema). Immutable; may be shared
/// between threads.
class Rules {
public:
  Rules(Rules &&) noexcept;
  Rules &operator=(Rules &&) noexcept;
  ~Rules();

  /// Splits one launch into phases. Total: it works on any boot log, cut and failed ones included.
  PhaseTree split(const BootLog &log) const;

  struct Compiled;

private:
  friend Result<Rules> parse_rules(std::string_view yaml, const std::string &name);
  explicit Rules(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

/// The rules in a YAML text. An unknown key, a wrong type, a bad pattern, a parent that is not
/// there: an input error with file, line and column.
Result<Rules> parse_rules(std::string_view yaml, const std::string &name);

/// The rules of a file, or those shipped inside when the path is empty.
Result<Rules> load_rules(const std::string &path);

/// The YAML text of the rules shipped inside.
std::string_view shipped_rules();

} // namespace bootperf
