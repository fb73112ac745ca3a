#include "capture/launcher/code_launch.h"

#include <utility>

#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/settings.h"
#include "capture/facts/appliance.h"
#include "capture/launcher/sweep.h"
#include "capture/launcher/worker_command.h"
#include "capture/log/fate.h"
#include "capture/symbols/code_cache.h"
#include "capture/symbols/kernel_symbols.h"

namespace bootperf {

namespace {

constexpr std::size_t largest_answer = 128u << 20;

/// Kept only if it can be used.
Result<void> check_symbols(const ApplianceCode &code) {
  return KernelSymbols::parse(code.kernel_symbols, "/proc/kallsyms of the appliance")
      .map([](const KernelSymbols &) {});
}

Result<ApplianceCode> answer_in(const std::filesystem::path &file) {
  const auto text = read_file(file, largest_answer);
  if (!text) {
    return fail(ErrorKind::not_measured,
                "the appliance did not say where its kernel's symbols are");
  }
  auto code = parse_code(*text, "the appliance's answer");
  if (code) {
    if (const auto usable = check_symbols(*code); !usable) {
      return tl::unexpected(usable.error());
    }
  }
  return code;
}

Result<void> keep(const LaunchRequest &request, const ApplianceCode &code) {
  const auto environment = own_environment(request.environment);
  const auto appliance = appliance_of(environment, ::geteuid());
  return code_key(appliance, code_arguments(request)).and_then([&](const std::string &key) {
    return keep_code(code_directories(appliance, environment), key, code);
  });
}

Result<ApplianceCode> ask(Launcher &launcher, LaunchRequest request) {
  const auto scratch = ScratchDirectory::make(spool_directory(own_environment()));
  if (!scratch) {
    return tl::unexpected(scratch.error());
  }
  request.mode = Mode::counted;
  request.profiled = false;
  request.blocks.clear();
  request.log = scratch->path() / "log.jsonl";
  request.code = scratch->path() / "code";
  const auto log = launcher.launch(request);
  if (!log) {
    return tl::unexpected(log.error());
  }
  if (!log->ok()) {
    return fail(
        ErrorKind::not_measured,
        fmt::format("the appliance could not be asked for its symbols: {}", fate_of(*log).reason));
  }
  return answer_in(request.code);
}

} // namespace

std::string code_arguments(const LaunchRequest &request) {
  return fmt::format("{} {} {} {} {} {}", counted_settings().version,
                     fmt::join(counted_settings().kernel_arguments, " "), request.append,
                     request.drives, request.network, request.memsize_mib.value_or(0));
}

std::optional<ApplianceCode> kept_code(const LaunchRequest &request) {
  const auto environment = own_environment(request.environment);
  const auto appliance = appliance_of(environment, ::geteuid());
  // An appliance that has not been built yet has no key before the launch.
  const auto key = code_key(appliance, code_arguments(request));
  if (!key) {
    return std::nullopt;
  }
  auto code = cached_code(code_directories(appliance, environment), *key);
  return code && check_symbols(*code) ? std::move(code) : std::nullopt;
}

std::string kept_delay_loops(const LaunchRequest &request) {
  const auto code = kept_code(request);
  const auto symbols = code ? KernelSymbols::parse(code->kernel_symbols, "symbols that were kept")
                            : Result<KernelSymbols>(fail(ErrorKind::not_measured, ""));
  return symbols ? delay_loops(*symbols) : "";
}

Result<ApplianceCode> keep_answer(const LaunchRequest &request, const std::filesystem::path &code) {
  auto answer = answer_in(code);
  if (answer) {
    if (const auto kept = keep(request, *answer); !kept) {
      return tl::unexpected(kept.error());
    }
  }
  return answer;
}

Result<ApplianceCode> code_of_appliance(Launcher &launcher, const LaunchRequest &request,
                                        const std::function<void()> &launches) {
  if (auto kept = kept_code(request)) {
    return std::move(*kept);
  }
  launches();
  auto code = ask(launcher, request);
  if (code) {
    (void)keep(request, *code); // where it cannot be kept the next one asks again
  }
  return code;
}

} // namespace bootperf
