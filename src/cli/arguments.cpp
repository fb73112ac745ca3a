#include "cli/arguments.h"

#include <fmt/format.h>

namespace bootperf {

Arguments &Arguments::add(std::string_view flag, const std::string &value) {
  if (!value.empty())
    list_.push_back(fmt::format("--{}{}={}", prefix_, flag, value));
  return *this;
}

Arguments &Arguments::add(std::string_view flag, int value) {
  return value < 0 ? *this : add(flag, std::to_string(value));
}

Arguments &Arguments::add(std::string_view flag, const std::vector<std::string> &values) {
  for (const std::string &value : values)
    add(flag, value);
  return *this;
}

Arguments &Arguments::add(const Arguments &others) {
  list_.insert(list_.end(), others.list_.begin(), others.list_.end());
  return *this;
}

} // namespace bootperf
