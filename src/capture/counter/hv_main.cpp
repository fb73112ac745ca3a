// bootperf-hv: stands in as LIBGUESTFS_HV. It becomes the user's own hypervisor ($BOOTPERF_HV) or
// libguestfs' default one; for the appliance, and only for it, with the edits of its arguments that
// the file $BOOTPERF_EDITS holds, and in counted launches with the counter plugin
// ($BOOTPERF_PLUGIN, with the files $BOOTPERF_PAGE, $BOOTPERF_BLOCKS, $BOOTPERF_EPOCHS and
// $BOOTPERF_LOOPS) and the settings of counting.

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/argument_edits.h"
#include "capture/counter/arguments.h"
#include "capture/counter/settings.h"

namespace {

std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// What shells say of a program that is there but cannot be run, and of one that is not there.
constexpr int cannot_run = 126;
constexpr int not_found = 127;

int become(const std::string &program, std::vector<std::string> arguments) {
  std::vector<char *> list;
  std::string name = program;
  list.push_back(name.data());
  for (auto &argument : arguments) {
    list.push_back(argument.data());
  }
  list.push_back(nullptr);
  execvp(program.c_str(), list.data());
  const int status = errno == ENOENT ? not_found : cannot_run;
  std::fprintf(stderr, "bootperf-hv: %s: %s\n", program.c_str(), std::strerror(errno));
  return status;
}

/// The arguments with what $BOOTPERF_EDITS asks for.
bootperf::Result<std::vector<std::string>> edited(std::vector<std::string> arguments) {
  const std::string file = variable("BOOTPERF_EDITS");
  if (file.empty()) {
    return arguments;
  }
  constexpr std::size_t most_bytes = 1u << 20;
  return bootperf::read_file(file, most_bytes)
      .and_then([&](const std::string &text) { return bootperf::parse_edits(text, file); })
      .and_then([&](const std::vector<bootperf::ArgumentEdit> &edits) {
        return bootperf::edited_arguments(std::move(arguments), edits);
      });
}

} // namespace

int main(int argc, char **argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const std::string given = variable("BOOTPERF_HV");
  const std::string hypervisor = given.empty() ? bootperf::default_hypervisor() : given;

  std::error_code ignored;
  if (std::filesystem::equivalent(bootperf::find_program(hypervisor), "/proc/self/exe", ignored)) {
    std::fprintf(stderr, "bootperf-hv: BOOTPERF_HV names this wrapper, so it would run itself\n");
    return cannot_run;
  }
  if (!bootperf::launches_appliance(arguments)) {
    return become(hypervisor, arguments);
  }
  const auto changed = edited(arguments);
  if (!changed) {
    std::fprintf(stderr, "bootperf-hv: %s\n", bootperf::to_text(changed.error()).c_str());
    return cannot_run;
  }
  const std::string plugin = variable("BOOTPERF_PLUGIN");
  if (plugin.empty() && !variable("BOOTPERF_EDITS").empty()) {
    return become(hypervisor, *changed);
  }
  const bootperf::PluginFiles files{variable("BOOTPERF_PAGE"), variable("BOOTPERF_BLOCKS"),
                                    variable("BOOTPERF_EPOCHS"), variable("BOOTPERF_LOOPS")};
  if (plugin.empty() || files.page.empty()) {
    std::fprintf(stderr, "bootperf-hv: BOOTPERF_PLUGIN and BOOTPERF_PAGE must be set\n");
    return cannot_run;
  }
  return become(hypervisor,
                bootperf::counted_arguments(*changed, bootperf::counted_settings().qemu_arguments,
                                            plugin, files));
}
