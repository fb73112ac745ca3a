#include "capture/counter/preparation.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/process.h"
#include "capture/counter/arguments.h"
#include "capture/counter/block_record.h"
#include "capture/counter/settings.h"

namespace bootperf {

namespace {

constexpr std::string_view remedy =
    "Counting needs a qemu with TCG plugins and icount (Debian's and Ubuntu's have both); "
    "LIBGUESTFS_HV can name one.";

// Of the shapes in qemu_api.h, the newest first.
constexpr std::array plugin_apis = {7, 2, 1};

Result<void> check_programs(const CounterPrograms &programs) {
  auto all = programs.plugins;
  all.push_back(programs.wrapper);
  for (const auto &program : all) {
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

// No machine, and a monitor that is told to quit: plugins are loaded last, so that by then all else
// that counting needs was there. The shell only makes the monitor's input.
Result<CommandOutput> start_with(const std::string &qemu, const std::filesystem::path &plugin,
                                 const std::filesystem::path &page) {
  return run_command({"/bin/sh", "-c", "echo quit | \"$0\" \"$@\"", qemu, "-display", "none",
                      "-nodefaults", "-no-user-config", "-machine", "none,accel=tcg", "-icount",
                      icount(counted_settings()), "-plugin",
                      plugin_argument(plugin, {.page = page}), "-monitor", "stdio"},
                     std::chrono::seconds(30));
}

// Rather than a qemu without plugins or icount: another plugin may do.
bool refused_the_plugin(const CommandOutput &output) {
  return output.text.find("Could not load plugin") != std::string::npos;
}

Error cannot_count(const std::string &qemu, const CommandOutput &output) {
  const auto why = refused_the_plugin(output)
                       ? fmt::format("takes no plugin of API {}", fmt::join(plugin_apis, ", "))
                       : "cannot count guest instructions";
  return {ErrorKind::not_measured, fmt::format("{} {} (exit {}): {}. {}", qemu, why, output.status,
                                               without_end_of_line(output.text), remedy)};
}

Result<Counter> first_that_counts(const std::string &qemu, const CounterPrograms &programs,
                                  const CounterPage &page, const std::filesystem::path &file) {
  std::optional<Error> refusal;
  for (const auto &plugin : programs.plugins) {
    const auto output = start_with(qemu, plugin, file);
    if (!output) {
      return fail(ErrorKind::not_measured, fmt::format("{}. {}", output.error().message, remedy));
    }
    if (output->status == 0 && page.counting()) {
      return Counter{programs.wrapper, plugin};
    }
    // What qemu says of the newest plugin tells most to those whose qemu is newer still.
    if (!refusal) {
      refusal = cannot_count(qemu, *output);
    }
    if (!refused_the_plugin(*output)) {
      break;
    }
  }
  return tl::unexpected(
      refusal.value_or(Error{ErrorKind::not_measured, "the counter has no plugin"}));
}

} // namespace

CounterPrograms counter_programs(const std::filesystem::path &directory) {
  const auto place = directory.empty() ? program_directory() : directory;
  CounterPrograms programs{place / "bootperf-hv", {}};
  for (const int api : plugin_apis) {
    programs.plugins.push_back(place / fmt::format("libbootperf_counter_api{}.so", api));
  }
  return programs;
}

Result<Counter> find_counter(const std::filesystem::path &directory, const std::string &hypervisor,
                             const CounterPrograms &programs) {
  if (auto found = check_programs(programs); !found) {
    return tl::unexpected(found.error());
  }
  const auto qemu = hypervisor.empty() ? default_hypervisor() : hypervisor;
  const auto file = directory / "instructions.check";
  const auto page = CounterPage::create(file);
  if (!page) {
    return tl::unexpected(page.error());
  }
  auto counter = first_that_counts(qemu, programs, *page, file);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return counter;
}

Result<CountedLaunch> prepare_counted_launch(const std::filesystem::path &directory,
                                             const std::string &hypervisor,
                                             const Counter &counter) {
  const auto file = page_file(directory);
  auto page = CounterPage::create(file);
  if (!page) {
    return tl::unexpected(page.error());
  }
  const auto settings = counted_settings();
  auto environment = settings.environment;
  environment["LIBGUESTFS_HV"] = counter.wrapper;
  environment["BOOTPERF_HV"] = hypervisor;
  environment["BOOTPERF_PLUGIN"] = counter.plugin;
  environment["BOOTPERF_PAGE"] = file;
  return CountedLaunch{std::move(*page), file, std::move(environment),
                       fmt::format("{}", fmt::join(settings.kernel_arguments, " "))};
}

Result<CountedLaunch> prepare_profiled_launch(const std::filesystem::path &directory,
                                              const std::string &hypervisor,
                                              const Counter &counter) {
  if (auto made = create_block_record(directory); !made) {
    return tl::unexpected(made.error());
  }
  return prepare_counted_launch(directory, hypervisor, counter).map([&](CountedLaunch counted) {
    counted.environment["BOOTPERF_BLOCKS"] = block_file(directory);
    counted.environment["BOOTPERF_EPOCHS"] = epoch_file(directory);
    return counted;
  });
}

} // namespace bootperf
