// How long a decision over interleaved blocks takes, and how that grows with phases and flips. The
// figures are in docs/statistics.md.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "statistics/block_test.h"
#include "statistics/random.h"

namespace bootperf {
namespace {

constexpr std::size_t blocks = 25;

/// So noisy that nothing is decided before the last look: the dearest case.
BlockValues without_change(std::size_t phases) {
  Random random(1);
  BlockValues values;
  for (std::size_t block = 0; block < blocks; ++block) {
    values.base.emplace_back(phases, 1e9);
    values.head.emplace_back();
    for (std::size_t phase = 0; phase < phases; ++phase)
      values.head.back().push_back(1e9 * std::exp(random.unit() - 0.5));
  }
  return values;
}

/// One look without the margin test, as for the descent.
void one_look(benchmark::State &state, ScoreKind scores) {
  const BlockValues values = without_change(60);
  BlockRule rule;
  rule.scores = scores;
  for (auto _ : state)
    benchmark::DoNotOptimize(single_block_look(values, rule));
}

/// The decision at the end of a comparison: one look at all the blocks, both directions and the
/// margin test, with the flips drawn for it.
void last_look(benchmark::State &state) {
  const BlockValues values = without_change(60);
  const std::vector<ColumnMargin> margins(60, {0.05, 0});
  for (auto _ : state) {
    BlockTest test(margins, BlockRule{});
    test.look(values, blocks);
    benchmark::DoNotOptimize(test.is_decided());
  }
}

/// All six looks that a comparison can have.
void decide(benchmark::State &state, std::size_t phases, std::size_t flips) {
  const BlockValues values = without_change(phases);
  const std::vector<ColumnMargin> margins(phases, {0.05, 0});
  BlockRule rule;
  rule.flips = flips;
  for (auto _ : state)
    benchmark::DoNotOptimize(decide_blocks(values, margins, rule));
}

void six_looks(benchmark::State &state) {
  decide(state, 60, 9'999);
}

void growth_with_phases(benchmark::State &state) {
  decide(state, static_cast<std::size_t>(state.range(0)), 9'999);
  state.SetComplexityN(state.range(0));
}

void growth_with_flips(benchmark::State &state) {
  decide(state, 60, static_cast<std::size_t>(state.range(0)));
  state.SetComplexityN(state.range(0));
}

constexpr auto unit = benchmark::kMillisecond;
BENCHMARK_CAPTURE(one_look, signed_ranks, signed_rank_scores)->Unit(unit);
BENCHMARK_CAPTURE(one_look, means, mean_scores)->Unit(unit);
BENCHMARK_CAPTURE(one_look, clipped_means, clipped_mean_scores)->Unit(unit);
BENCHMARK(last_look)->Unit(unit);
BENCHMARK(six_looks)->Unit(unit);
BENCHMARK(growth_with_phases)->RangeMultiplier(2)->Range(15, 120)->Complexity()->Unit(unit);
BENCHMARK(growth_with_flips)->RangeMultiplier(2)->Range(1'000, 16'000)->Complexity()->Unit(unit);

} // namespace
} // namespace bootperf

BENCHMARK_MAIN();
