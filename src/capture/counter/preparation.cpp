#include "capture/counter/preparation.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/process.h"
#include "capture/counter/arguments.h"
#include "capture/counter/default_hypervisor.h"
#include "capture/counter/settings.h"

namespace bootperf {

namespace {

constexpr std::string_view remedy =
    "Counting needs a qemu with TCG plugins and icount (Debian's and Ubuntu's have both); "
    "LIBGUESTFS_HV can name one.";

Result<void> check_programs(const CounterPrograms &programs) {
  for (const auto &program : {programs.wrapper, programs.plugin}) {
    if (!std::filesystem::exists(program)) {
      return fail(ErrorKind::not_measured,
                  fmt::format("{} is missing: it belongs beside this program", program.string()));
    }
  }
  return {};
}

std::string icount(const CountedSettings &settings) {
  const auto &arguments = settings.qemu_arguments;
  const auto option = std::find(arguments.begin(), arguments.end(), "-icount");
  return option == arguments.end() ? "shift=0" : *std::next(option);
}

std::string without_end_of_line(std::string text) {
  const auto end = text.find_last_not_of(" \r\n");
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

} // namespace

CounterPrograms counter_programs() {
  const auto directory = program_directory();
  return {directory / "bootperf-hv", directory / "libbootperf_counter.so"};
}

Result<CountedLaunch> prepare_counted_launch(const std::filesystem::path &directory,
                                             const std::string &hypervisor,
                                             const CounterPrograms &programs) {
  if (auto found = check_programs(programs); !found) {
    return tl::unexpected(found.error());
  }
  const auto file = directory / "instructions";
  auto page = CounterPage::create(file);
  if (!page) {
    return tl::unexpected(page.error());
  }
  const auto settings = counted_settings();
  auto environment = settings.environment;
  environment["LIBGUESTFS_HV"] = programs.wrapper;
  environment["BOOTPERF_HV"] = hypervisor;
  environment["BOOTPERF_PLUGIN"] = programs.plugin;
  environment["BOOTPERF_PAGE"] = file;
  return CountedLaunch{std::move(*page), file, std::move(environment),
                       fmt::format("{}", fmt::join(settings.kernel_arguments, " "))};
}

Result<void> check_counting(const std::filesystem::path &directory, const std::string &hypervisor,
                            const CounterPrograms &programs) {
  if (auto found = check_programs(programs); !found) {
    return found;
  }
  const auto settings = counted_settings();
  const auto qemu = hypervisor.empty() ? default_hypervisor() : hypervisor;
  const auto file = directory / "instructions.check";
  const auto page = CounterPage::create(file);
  if (!page) {
    return tl::unexpected(page.error());
  }
  // No machine, and a monitor that is told to quit: plugins are loaded last, so that by then all
  // else that counting needs was there. The shell only makes the monitor's input.
  const auto output = run_command({"/bin/sh", "-c", "echo quit | \"$0\" \"$@\"", qemu, "-display",
                                   "none", "-nodefaults", "-no-user-config", "-machine",
                                   "none,accel=tcg", "-icount", icount(settings), "-plugin",
                                   plugin_argument(programs.plugin, file), "-monitor", "stdio"},
                                  std::chrono::seconds(30));
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  if (!output) {
    return fail(ErrorKind::not_measured, fmt::format("{}. {}", output.error().message, remedy));
  }
  if (output->status != 0 || !page->counting()) {
    return fail(ErrorKind::not_measured,
                fmt::format("{} cannot count guest instructions (exit {}): {}. {}", qemu,
                            output->status, without_end_of_line(output->text), remedy));
  }
  return {};
}

} // namespace bootperf
