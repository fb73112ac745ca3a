#include "whatif/need.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/process.h"

namespace bootperf {
namespace {

std::string machine() {
  utsname host = {};
  return uname(&host) == 0 ? host.machine : "";
}

bool is_there(const Need &need) {
  std::error_code error;
  if (!need.arch.empty())
    return std::ranges::find(need.arch, machine()) != need.arch.end();
  if (!need.file.empty())
    return std::filesystem::exists(need.file, error);
  if (!need.program.empty())
    return !find_program(need.program).empty() ||
           std::filesystem::exists("/usr/sbin/" + need.program, error);
  return !need.kvm || access("/dev/kvm", R_OK | W_OK) == 0;
}

std::string complaint(const Need &need) {
  if (!need.arch.empty())
    return fmt::format("it is for {}", fmt::join(need.arch, ", "));
  if (need.kvm)
    return "it needs KVM, which this user cannot open";
  return fmt::format("it needs {}{}, which is not here",
                     need.file.empty() ? need.program : need.file,
                     need.package.empty() ? "" : fmt::format(" (package {})", need.package));
}

} // namespace

Need read_need(const YamlNode &node, std::optional<Error> &error) {
  Need need;
  YamlMap map(node, "a need", error);
  const YamlNode *arch = map.find("arch"), *file = map.find("file"), *program = map.find("program"),
                 *kvm = map.find("kvm");
  if ((arch != nullptr) + (file != nullptr) + (program != nullptr) + (kvm != nullptr) != 1)
    reject(error, node, "expected one of 'arch', 'file', 'program' and 'kvm'");
  if (arch)
    need.arch = read_some_texts(*arch, "architecture", error);
  if (file)
    need.file = read_text(*file, error);
  if (program)
    need.program = read_text(*program, error);
  if (kvm && (kvm->text != "true" || kvm->quoted))
    reject(error, *kvm, "expected true");
  need.kvm = kvm != nullptr;
  if (const YamlNode *package = map.find("package"))
    need.package = read_text(*package, error);
  map.finish();
  return need;
}

std::optional<std::string> missing_need(const std::vector<Need> &needs) {
  const auto missing = std::ranges::find_if_not(needs, is_there);
  return missing == needs.end() ? std::nullopt : std::optional(complaint(*missing));
}

} // namespace bootperf
