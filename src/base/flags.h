#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace CLI {
class App;
} // namespace CLI

namespace bootperf {

/// Flags that several programs take under the same name: each is declared once, bound to the value
/// that it sets, and from that declaration read from a command line, written onto that of another
/// program, and listed in a help.

/// The numbers that a flag takes.
struct NumberRange {
  int least = 0, most = 0;
};

/// One flag and the value that it is bound to, which has to outlive it.
struct Flag {
  std::string name;  ///< without dashes or prefix: "memsize"
  std::string value; ///< what it takes, for people: "MiB"; "" for a switch
  std::string help;  ///< a clause that begins in lower case
  std::vector<std::string> choices = {};
  std::optional<NumberRange> range = {};
  bool repeatable = false;
  /// Sets the value from a text; a usage error says what was expected. Of a switch "", "true" or
  /// "false".
  std::function<Result<void>(const std::string &)> set = {};
  /// The texts that would set the value as it is: none where nothing was given, several where the
  /// flag is repeatable.
  std::function<std::vector<std::string>()> get = {};

  bool is_switch() const { return value.empty(); }
};

Flag flag(std::string name, std::string value, std::string help, std::string &to);
Flag flag(std::string name, std::string value, std::string help, std::filesystem::path &to);
Flag flag(std::string name, std::string value, std::string help, int &to, NumberRange range);
Flag flag(std::string name, std::string value, std::string help, std::optional<int> &to,
          NumberRange range);
Flag flag(std::string name, std::string value, std::string help, std::chrono::seconds &to,
          NumberRange range);
/// A switch.
Flag flag(std::string name, std::string help, bool &to);
/// Repeatable, NAME=VALUE; the last of a name wins.
Flag flag(std::string name, std::string help, std::map<std::string, std::string> &to);
/// One of some words; the value is shown as "one|other".
Flag choice_flag(std::string name, std::string help, std::vector<std::string> choices,
                 std::function<void(const std::string &)> set, std::function<std::string()> get);

/// The arguments, "--PREFIXname=value" each, that make `standard` what `flags` is; both hold the
/// same flags in the same order, bound to two values of one type. What does not differ is left out.
std::vector<std::string> arguments_of(const std::vector<Flag> &flags,
                                      const std::vector<Flag> &standard,
                                      std::string_view prefix = "");

/// Declares the flags for a command line that CLI11 reads.
void declare(CLI::App &program, const std::vector<Flag> &flags);

} // namespace bootperf
