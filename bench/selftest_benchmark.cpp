// The gate's own test as a Google Benchmark table: a row a rule and slow-down, with counters for
// how often it fails the build, names the right phase and does not know, over recorded launches.
// The time is that of one decision. `bootperf selftest` has the same phase by phase.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/recorded_traces.h"
#include "selftest/self_test.h"

namespace bootperf {
namespace {

constexpr std::size_t draws = 40;
constexpr double slowdowns[] = {0, 0.02, 0.05, 0.10, 0.20};

/// What all rows share.
struct Recorded {
  Policy policy;
  Traces traces;
};

void run_row(benchmark::State &state, const std::shared_ptr<const Recorded> &recorded,
             const Contestant &contestant, double slowdown) {
  SelfTestSettings settings;
  settings.draws = draws;
  settings.slowdowns.clear();
  if (slowdown > 0)
    settings.slowdowns = {slowdown};
  Score all;
  for (auto _ : state) {
    all = {};
    const SelfTest test = self_test(recorded->traces, {contestant}, recorded->policy, settings);
    for (const Score &score : test.records.front().scores) {
      if (score.slowdown != slowdown)
        continue;
      all.draws += score.draws;
      all.fails += score.fails;
      all.named_right += score.named_right;
      all.inconclusive += score.inconclusive;
      all.launches_mean += score.launches_mean * static_cast<double>(score.draws);
    }
  }
  state.counters["fails"] = all.fail_share();
  state.counters["right"] = all.right_share();
  state.counters["inconclusive"] = all.inconclusive_share();
  state.counters["launches"] = all.launches_mean / static_cast<double>(all.draws);
}

void add_rows(const std::string &folder, const std::shared_ptr<const Recorded> &recorded,
              const std::vector<Contestant> &contestants) {
  for (const Contestant &contestant : contestants)
    for (const double slowdown : slowdowns)
      benchmark::RegisterBenchmark(
          fmt::format("{}/{}/+{:g}%", folder, contestant.name, 100 * slowdown).c_str(),
          [recorded, contestant, slowdown](benchmark::State &state) {
            run_row(state, recorded, contestant, slowdown);
          })
          ->Iterations(1)
          ->Unit(benchmark::kSecond);
}

int complain(const Error &error) {
  fmt::print(stderr, "selftest_benchmark: {}\n", to_text(error));
  return 2;
}

int run(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  const Result<Policy> policy = load_policy(BOOTPERF_THRESHOLDS "/policy.yaml");
  if (!policy)
    return complain(policy.error());
  const std::filesystem::path recordings = BOOTPERF_TEST_DATA "/sessions";
  for (const auto &[folder, scenario, metric] :
       {std::tuple("traced-idle", "Launch/traced", Metric::wall),
        std::tuple("traced-busy", "Launch/traced", Metric::wall),
        std::tuple("counted", "Launch/counted", Metric::instructions)}) {
    const Result<Traces> traces = recorded_traces(recordings / folder, scenario, metric);
    if (!traces)
      return complain(traces.error());
    add_rows(folder, std::make_shared<const Recorded>(Recorded{*policy, *traces}),
             metric == Metric::wall ? wall_contestants(*policy) : counted_contestants());
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

} // namespace
} // namespace bootperf

int main(int argc, char **argv) {
  return bootperf::run(argc, argv);
}
