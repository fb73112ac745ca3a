#pragma once

#include <mutex>
#include <string>
#include <vector>

namespace bootperf {

/// What the launchers have to say, from whichever thread they run in.
class Warnings {
public:
  void add(const std::string &warning) {
    const std::scoped_lock lock(mutex_);
    warnings_.push_back(warning);
  }
  std::vector<std::string> all() {
    const std::scoped_lock lock(mutex_);
    return warnings_;
  }

private:
  std::mutex mutex_;
  std::vector<std::string> warnings_;
};

} // namespace bootperf
