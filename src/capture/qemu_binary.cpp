#include "capture/qemu_binary.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/process.h"

namespace bootperf {

namespace {

std::string output_of(const std::vector<std::string> &command) {
  const auto output = run_command(command, std::chrono::seconds(5), 1u << 20);
  return output && output->status == 0 ? output->text : "";
}

} // namespace

QemuBinaries::Answers QemuBinaries::ask(const std::string &binary) {
  if (binary.empty()) {
    return {};
  }
  std::error_code none;
  const auto changed = std::filesystem::last_write_time(binary, none).time_since_epoch().count();
  const std::string key = fmt::format("{} {}", binary, changed);
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key);
  if (found != known_.end()) {
    return found->second;
  }
  return known_[key] = {output_of({binary, "--version"}), output_of({binary, "-machine", "help"})};
}

} // namespace bootperf
