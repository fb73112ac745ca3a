// What watching costs: Launch/quiet against a bare loop of the same C calls, in turn in one run.
#include <charconv>
#include <cstdio>
#include <exception>
#include <iostream>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"
#include "bench/paired_ratio.h"
#include "campaign/launch_source.h"
#include "campaign/recording.h"
#include "capture/launcher/sweep.h"
#include "phases/rules.h"
#include "session/collect.h"
#include "session/new_session.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr double confidence = 0.95;

struct Settings {
  int pairs = 20;
  std::uint64_t seed = fresh_seed();
};

/// Seconds that guestfs_launch took in a launch that bootperf watches, as Launch/quiet has it.
Result<double> watched(Launcher &launcher, const Rules &rules, LaunchRequest &request) {
  const auto log = launcher.launch(request);
  if (!log) {
    return tl::unexpected(log.error());
  }
  const auto launch =
      to_launch(*log, rules.split(*log), {.scenario = "Launch/quiet", .started = ""});
  if (!launch.ok) {
    return fail(ErrorKind::not_measured, "a launch failed: " + launch.failure);
  }
  // Both sides take the accelerator that the first launch came up with.
  request.accelerator = accelerator_from_text(log->value("accel")).value_or(request.accelerator);
  return static_cast<double>(launch.wall_ns) * 1e-9;
}

Result<double> bare(Accelerator accelerator) {
  const auto program = (program_directory() / "bare_launch").string();
  const auto output =
      run_command({"env",
                   accelerator == Accelerator::kvm ? "LIBGUESTFS_BACKEND_SETTINGS=force_kvm"
                                                   : "LIBGUESTFS_BACKEND_SETTINGS=force_tcg",
                   program},
                  std::chrono::minutes(5));
  if (!output) {
    return tl::unexpected(output.error());
  }
  long long nanoseconds = 0;
  const auto end = output->text.data() + output->text.size();
  const auto read = std::from_chars(output->text.data(), end, nanoseconds);
  if (output->status != 0 || read.ec != std::errc() || nanoseconds <= 0) {
    return fail(ErrorKind::not_measured, "a bare launch failed: " + printable(output->text));
  }
  return static_cast<double>(nanoseconds) * 1e-9;
}

void print_row(const char *name, const std::vector<double> &seconds) {
  const auto summary = summarise(seconds);
  fmt::print("{:<8} {:>8.3f} s {:>8.3f} ± {:.3f} s\n", name, summary.median, summary.mean,
             summary.standard_deviation);
}

Result<void> compare(const Settings &settings) {
  const auto rules = load_rules("");
  if (!rules) {
    return tl::unexpected(rules.error());
  }
  const auto scratch = ScratchDirectory::make(scratch_place());
  if (!scratch) {
    return tl::unexpected(scratch.error());
  }
  LaunchSource source;
  LaunchRequest request;
  request.log = scratch->path() / "boot.jsonl";

  std::vector<double> with, without;
  std::size_t warned = 0;
  // The first pair warms up and does not count.
  for (int pair = -1; pair < settings.pairs; ++pair) {
    double seconds[2] = {};
    for (int turn = 0; turn < 2; ++turn) {
      // Who goes first changes, so that a drift favours neither. The first launch of all is a
      // watched one: it finds the accelerator.
      const bool watch = (turn == 0) == (pair % 2 != 0);
      const auto took =
          watch ? watched(source.launcher(), *rules, request) : bare(request.accelerator);
      if (!took) {
        return tl::unexpected(took.error());
      }
      seconds[watch] = *took;
    }
    for (const auto warnings = source.warnings(); warned < warnings.size(); ++warned) {
      fmt::print(stderr, "WARNING: {}\n", warnings[warned]);
    }
    fmt::print(stderr, "{}: bare {:.3f} s, watched {:.3f} s\n",
               pair < 0 ? "warm-up" : fmt::format("pair {}/{}", pair + 1, settings.pairs),
               seconds[0], seconds[1]);
    if (pair >= 0) {
      without.push_back(seconds[0]);
      with.push_back(seconds[1]);
    }
  }
  const auto estimate = ratio_of_medians(with, without, confidence, settings.seed);
  fmt::print("guestfs_launch, {}, {} pairs in turn\n", to_text(request.accelerator),
             settings.pairs);
  fmt::print("           median     mean ± standard deviation\n");
  print_row("bare", without);
  print_row("watched", with);
  fmt::print(
      "ratio of medians {:.4f}, {:.0f} % interval {:.4f} to {:.4f} (bootstrap of pairs, seed "
      "{})\n",
      estimate.ratio, 100 * confidence, estimate.low, estimate.high, settings.seed);
  return {};
}

} // namespace
} // namespace bootperf

int main(int argc, char **argv) try {
  bootperf::Settings settings;
  CLI::App app("Launches the appliance in turn with and without bootperf around it and prints what "
               "watching costs.\nExample: watch_cost --pairs 20");
  app.add_option("--pairs", settings.pairs, "Pairs of launches that count")
      ->check(CLI::Range(2, 10'000))
      ->capture_default_str();
  app.add_option("--seed", settings.seed, "Of the bootstrap");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : bootperf::to_int(bootperf::ExitCode::wrong_input);
  }
  if (const auto done = bootperf::compare(settings); !done) {
    std::cerr << "watch_cost: " << to_text(done.error()) << '\n';
    return to_int(bootperf::exit_code(done.error().kind));
  }
  return 0;
} catch (const std::exception &error) {
  std::fprintf(stderr, "watch_cost: %s\n", error.what());
  return bootperf::to_int(bootperf::ExitCode::wrong_input);
}
