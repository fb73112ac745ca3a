#include "capture/facts/host.h"

#include <charconv>
#include <sstream>
#include <sys/utsname.h>

#include "base/files.h"

namespace bootperf {

namespace {

std::string unquoted(std::string value) {
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'')) {
    value = value.substr(1, value.size() - 2);
  }
  return value;
}

// The value of the first "key<separator>value" line.
std::string value_of(std::string_view text, std::string_view key, char separator) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const auto at = line.find(separator);
    if (at == std::string::npos) {
      continue;
    }
    const auto name_end = line.find_last_not_of(" \t", at == 0 ? 0 : at - 1);
    if (name_end == std::string::npos || line.substr(0, name_end + 1) != key) {
      continue;
    }
    const auto start = line.find_first_not_of(" \t", at + 1);
    return start == std::string::npos ? "" : line.substr(start);
  }
  return "";
}

} // namespace

std::string os_name(std::string_view os_release) {
  const std::string id = unquoted(value_of(os_release, "ID", '='));
  const std::string version = unquoted(value_of(os_release, "VERSION_ID", '='));
  return version.empty() ? id : id + '-' + version;
}

std::string cpu_model(std::string_view cpuinfo) {
  // arm64 kernels give no name, only numbers.
  for (const char *key : {"model name", "cpu model", "cpu", "machine", "CPU part"}) {
    if (auto value = value_of(cpuinfo, key, ':'); !value.empty()) {
      return value;
    }
  }
  return "";
}

std::map<std::string, std::string> host_environment() {
  std::map<std::string, std::string> environment;
  const auto add = [&](const char *key, std::string value) {
    if (!value.empty()) {
      environment[key] = std::move(value);
    }
  };
  utsname names = {};
  if (::uname(&names) == 0) {
    add("arch", names.machine);
    add("host", names.nodename);
  }
  add("os", os_name(read_file("/etc/os-release", 1u << 20).value_or("")));
  add("cpu_model", cpu_model(read_file("/proc/cpuinfo", 1u << 24).value_or("")));
  return environment;
}

std::uint64_t available_memory(std::string_view meminfo) {
  const std::string text = value_of(meminfo, "MemAvailable", ':'); // "8012345 kB"
  std::uint64_t kibibytes = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), kibibytes);
  constexpr std::uint64_t most = std::uint64_t{1} << 50;
  return wrong == std::errc() && kibibytes < most ? kibibytes * 1024 : 0;
}

std::uint64_t available_memory() {
  constexpr std::size_t largest_meminfo = std::size_t{1} << 20;
  return available_memory(read_file("/proc/meminfo", largest_meminfo).value_or(""));
}

} // namespace bootperf
