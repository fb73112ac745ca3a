#include "profile/launch/profiler.h"

#include <atomic>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/block_record.h"
#include "capture/facts/appliance.h"
#include "capture/launcher/code_launch.h"
#include "capture/launcher/sweep.h"
#include "capture/launcher/worker_command.h"
#include "capture/symbols/kernel_symbols.h"
#include "profile/booking.h"
#include "profile/code/locate.h"
#include "profile/code/program_files.h"

namespace bootperf {

namespace {

constexpr std::size_t longest_modules = 4u << 20;

} // namespace

struct Profiler::State {
  Launcher &launcher;
  LaunchRequest request;
  const Rules &rules;
  ScratchDirectory scratch;
  KernelSymbols kernel;
  std::string modules; ///< /proc/modules when the appliance was asked for its symbols
  ProgramPlaces programs;
  std::atomic<int> launches = 0;
};

Profiler::Profiler(std::unique_ptr<State> state) : state_(std::move(state)) {}
Profiler::Profiler(Profiler &&) noexcept = default;
Profiler::~Profiler() = default;

Result<Profiler> Profiler::create(Launcher &launcher, const LaunchRequest &request,
                                  const Rules &rules, const Says &says) {
  const auto environment = own_environment(request.environment);
  auto scratch = ScratchDirectory::make(spool_directory(environment));
  if (!scratch) {
    return tl::unexpected(scratch.error());
  }
  const auto code = code_of_appliance(
      launcher, request, [&] { says("launching once to ask the appliance for its symbols"); });
  if (!code) {
    return tl::unexpected(code.error());
  }
  auto kernel = KernelSymbols::parse(code->kernel_symbols, "/proc/kallsyms of the appliance");
  if (!kernel) {
    return tl::unexpected(kernel.error());
  }
  LaunchRequest profiled = request;
  profiled.mode = Mode::counted;
  profiled.loops = scratch->path() / "loops";
  if (const auto written = replace_file(profiled.loops, delay_loops(*kernel)); !written) {
    return tl::unexpected(written.error());
  }
  auto programs = find_programs(code->programs, appliance_of(environment, ::geteuid()), environment,
                                scratch->path());
  return Profiler(
      std::unique_ptr<State>(new State{launcher, std::move(profiled), rules, std::move(*scratch),
                                       std::move(*kernel), code->modules, std::move(programs)}));
}

Result<ProfiledLaunch> Profiler::launch(const std::filesystem::path &log) {
  LaunchRequest request = state_->request;
  request.blocks = state_->scratch.path() / fmt::format("launch-{}", ++state_->launches);
  request.modules = request.blocks / "modules";
  request.log = log.empty() ? request.blocks / "log.jsonl" : log;
  auto made = state_->launcher.launch(request);
  if (!made) {
    return tl::unexpected(made.error());
  }
  ProfiledLaunch launch{std::move(*made), std::nullopt};
  const auto record = launch.log.ok() ? read_block_record(request.blocks)
                                      : Result<BlockRecord>(fail(ErrorKind::not_measured, ""));
  const auto modules = read_file(request.modules, longest_modules);
  std::error_code ignored;
  std::filesystem::remove_all(request.blocks, ignored);
  if (!launch.log.ok()) {
    return launch;
  }
  if (!record) {
    return tl::unexpected(record.error());
  }
  if (!modules) {
    return fail(ErrorKind::not_measured, "the appliance did not say where its modules lie");
  }
  const CodeSources sources{launch.log.value("arch"),
                            state_->kernel.moved(state_->modules, *modules),
                            program_files(state_->programs)};
  launch.profile = book(launch.log, *record, locate_blocks(*record, sources), state_->rules);
  return launch;
}

} // namespace bootperf
