#pragma once

#include <map>
#include <mutex>
#include <string>

namespace bootperf {

/// What a qemu says about itself, asked once for each binary.
class QemuBinaries {
public:
  struct Answers {
    std::string version;      ///< of `--version`
    std::string machine_help; ///< of `-machine help`
  };

  /// Empty answers when it cannot be run or does not answer in time.
  Answers ask(const std::string &binary);

private:
  std::mutex mutex_;
  std::map<std::string, Answers> known_; ///< by path and time of change
};

} // namespace bootperf
