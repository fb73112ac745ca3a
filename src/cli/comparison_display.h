#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "report/text_style.h"
#include "verdict/check.h"

namespace bootperf {

/// Shows a running comparison: on a terminal one line for what is launched and one for each
/// undecided phase, rewritten in place; elsewhere a line a launch and one a look. Not for several
/// threads at once.
class ComparisonDisplay {
public:
  ComparisonDisplay(std::ostream &out, bool terminal, TextStyle style);

  /// A launch begins: "block 3 of 25: head, Launch/traced".
  void launching(const std::string &what, std::optional<std::chrono::seconds> left);
  /// It has ended.
  void launched(const std::string &what, const std::string &outcome,
                std::optional<std::chrono::seconds> left);
  /// How the comparison stands now.
  void standing(const CheckReport &report);
  /// A line that stays.
  void say(const std::string &text);
  /// Leaves a clean line for other output.
  void clear();

private:
  void draw();

  std::ostream &out_;
  bool terminal_;
  TextStyle style_;
  std::string line_;
  std::vector<std::string> phases_;
  std::string standing_;
  std::size_t looks_ = 0;
  std::size_t drawn_ = 0; ///< lines on the screen
};

} // namespace bootperf
