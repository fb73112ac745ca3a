#include "base/program.h"

#include <cstdlib>
#include <string>
#include <system_error>
#include <unistd.h>

namespace bootperf {

std::filesystem::path program_directory() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::filesystem::path find_program(std::string_view name) {
  if (name.find('/') != std::string_view::npos) {
    const std::filesystem::path path(name);
    return ::access(path.c_str(), X_OK) == 0 ? path : std::filesystem::path();
  }
  const char *variable = std::getenv("PATH");
  std::string_view rest = variable == nullptr ? "/usr/bin:/bin" : variable;
  while (!rest.empty()) {
    const auto directory = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), directory.size() + 1));
    const auto path = std::filesystem::path(directory) / name;
    if (!directory.empty() && ::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return {};
}

} // namespace bootperf
