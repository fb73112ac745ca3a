#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bootperf {

/// A command line in the making, "--FLAG=VALUE" each; what was not given (empty, negative) is left
/// out.
class Arguments {
public:
  /// prefix comes before every flag's name: "bootperf_".
  explicit Arguments(std::string prefix = "") : prefix_(std::move(prefix)) {}

  Arguments &add(std::string_view flag, const std::string &value);
  Arguments &add(std::string_view flag, int value);
  /// One flag a value.
  Arguments &add(std::string_view flag, const std::vector<std::string> &values);
  Arguments &add(const Arguments &others);

  const std::vector<std::string> &list() const { return list_; }

private:
  std::string prefix_;
  std::vector<std::string> list_;
};

} // namespace bootperf
