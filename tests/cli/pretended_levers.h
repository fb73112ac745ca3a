#pragma once

// Runs of what-if with launches that are only pretended.

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "cli/what_if_run.h"
#include "cli/what_if_wall.h"
#include "verdict/samples/phase_samples.h"
#include "whatif/ranking.h"
#include "whatif/wall_time.h"

namespace bootperf {

/// A counted launch of so many millions of instructions; 0 did not come up. The guest says what its
/// kernel's arguments were.
inline BootLog log_of_levers(std::uint64_t millions, const std::string &append) {
  BootLog log;
  log.environment = {{"mode", "counted"}};
  log.events = {{.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = 0},
                {.t_ns = 2,
                 .source = Source::appliance,
                 .message = "args:" + append + " \n",
                 .instructions = 1},
                {.t_ns = static_cast<std::int64_t>(1'000'000'000),
                 .source = Source::launch_done,
                 .message = "",
                 .instructions = millions * 1'000'000}};
  log.end = LaunchEnd{.ok = millions > 0,
                      .reason = millions > 0 ? "" : "hung",
                      .host_cpu_ns = 5,
                      .peak_memory_bytes = 6,
                      .appliance_rebuilt = false,
                      .environment = {{"qemu_arguments", "-append " + append}}};
  return log;
}

/// Each lever's name among the kernel's arguments makes the boot so much longer or shorter.
class LeverLauncher : public Launcher {
public:
  explicit LeverLauncher(std::map<std::string, double> factors) : factors_(std::move(factors)) {}

  Result<BootLog> launch(const LaunchRequest &request) override {
    const std::scoped_lock lock(mutex_);
    if (launches == interrupt_after)
      return fail(ErrorKind::interrupted, "interrupted");
    ++launches;
    if (request.mode == Mode::quiet)
      return quiet_log(request.append);
    ++of[request.lever];
    if (const auto why = refuses.find(request.lever); why != refuses.end())
      return fail(ErrorKind::not_measured, why->second);
    if (request.lever == without_effect)
      return log_of_levers(1000, "");
    // Neither launch is quite like another.
    double millions = 1000 + static_cast<double>(launches % 3);
    for (const auto &[lever, factor] : factors_)
      if ((" " + request.append + " ").find(" " + lever + " ") != std::string::npos)
        millions *= factor;
    return log_of_levers(static_cast<std::uint64_t>(millions), request.append);
  }

  std::size_t launches = 0, interrupt_after = 1'000'000;
  std::map<std::string, std::size_t> of; ///< by lever, "" for the boot as it is
  std::map<std::string, std::string> refuses;
  std::string without_effect = "nobody", hangs_quietly = "nobody";
  std::map<std::string, std::size_t> quiet; ///< by the kernel's arguments

private:
  /// A tenth of a nanosecond an instruction; says nothing.
  BootLog quiet_log(const std::string &append) {
    ++quiet[append];
    const bool up = (" " + append + " ").find(" " + hangs_quietly + " ") == std::string::npos;
    double nanoseconds = 1e8 + static_cast<double>(launches % 3) * 1e5;
    for (const auto &[lever, factor] : factors_)
      if ((" " + append + " ").find(" " + lever + " ") != std::string::npos)
        nanoseconds *= factor;
    BootLog log;
    log.environment = {{"mode", "quiet"}};
    log.events = {{.t_ns = 1, .source = Source::enter, .message = "launch", .instructions = {}},
                  {.t_ns = static_cast<std::int64_t>(nanoseconds),
                   .source = Source::launch_done,
                   .message = "",
                   .instructions = {}}};
    log.end = LaunchEnd{.ok = up,
                        .reason = up ? "" : "hung",
                        .host_cpu_ns = 5,
                        .peak_memory_bytes = 6,
                        .appliance_rebuilt = false,
                        .environment = {{"qemu_arguments", "-append " + append}}};
    return log;
  }

  std::mutex mutex_;
  std::map<std::string, double> factors_;
};

/// A lever that adds its name to the kernel's arguments.
inline Lever appended(const std::string &name) {
  Lever lever;
  lever.name = name;
  lever.actor = "kernel";
  lever.what = lever.adopt = "argument " + name;
  lever.changes.append = name;
  lever.proofs = {{ProofBy::line, "args:.* ?" + name + " "}};
  return lever;
}

class WhatIfRunTest : public ::testing::Test {
protected:
  WhatIfRunTest() {
    directory =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("what-if-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    plan.as_it_is.mode = Mode::counted;
    plan.as_it_is.environment = {{"LIBGUESTFS_CACHEDIR", directory / "cache"}};
    plan.scratch = directory / "scratch";
    plan.arguments = {"a", "--launches=3"};
    plan.levers = {appended("a"), appended("b")};
    session.id = "id";
    session.seed = 4;
    std::filesystem::create_directories(directory);
  }
  ~WhatIfRunTest() override { std::filesystem::remove_all(directory); }

  Result<void> run(Launcher &launcher) {
    std::vector<Lever> levers = plan.levers;
    ProvingLauncher prover(launcher, levers);
    Recording recording(prover, rules, {.session = file(), .logs = directory}, session);
    Progress progress(said, false, 1);
    auto done = WhatIfRun(plan, levers, prover, recording, progress).run();
    session = recording.session();
    return done;
  }

  std::filesystem::path file() const { return directory / "session.json"; }

  std::size_t samples(const std::string &subject) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(session.launches, [&](const Launch &each) {
          return each.subject == subject && each.is_sample();
        }));
  }

  std::string refused(const std::string &lever) const {
    const auto trial = std::ranges::find(session.what_if->trials, lever, &LeverTrial::lever);
    return trial == session.what_if->trials.end() ? "there is no such trial" : trial->refused;
  }

  std::vector<std::string> tried() const {
    std::vector<std::string> names;
    for (const LeverTrial &trial : session.what_if->trials)
      names.push_back(trial.lever);
    return names;
  }

  WhatIfPlan plan;
  Session session;
  std::filesystem::path directory;
  Rules rules = std::move(load_rules("").value());
  std::ostringstream said;
};

// Two levers of three launches each: C(12 + 3, 3) = 455 orders, of which one is rarer than 0.25 %.
inline constexpr std::size_t base_for_two = 12;

} // namespace bootperf
