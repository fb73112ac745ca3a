// How long one decision over interleaved blocks takes, and how that grows with phases and flips.
// The figures are in docs/statistics.md.
#include <cmath>
#include <vector>

#include <benchmark/benchmark.h>

#include "statistics/random.h"
#include "statistics/sign_flips.h"
#include "statistics/spending.h"

namespace bootperf {
namespace {

constexpr std::size_t blocks = 25;

BlockRatios ratios_without_change(std::size_t phases) {
  Random random(1);
  BlockRatios ratios(blocks, std::vector<double>(phases));
  for (auto &block : ratios)
    for (double &ratio : block)
      ratio = 0.1 * (random.unit() - 0.5);
  return ratios;
}

/// All a look does: maxima, both directions, and the margin test. The flips are drawn once a
/// comparison, not here.
void decide(benchmark::State &state, ScoreKind scores_of, std::size_t phases, std::size_t count) {
  const BlockRatios ratios = ratios_without_change(phases);
  const std::vector<double> margins(phases, 0.05);
  const SignFlips flips(blocks, count, 1);
  for (auto _ : state) {
    const FlipMaxima maxima = flip_maxima(scores_of(ratios), flips);
    std::vector<double> negative = maxima.observed;
    for (double &sum : negative)
      sum = -sum;
    SequentialMaxT slower(count);
    SequentialMaxT faster(count);
    benchmark::DoNotOptimize(slower.look(maxima.slower, maxima.observed, 0.01));
    benchmark::DoNotOptimize(faster.look(maxima.faster, negative, 0.01));
    benchmark::DoNotOptimize(flips_below_margin_p(ratios, margins, scores_of, flips));
  }
}

void decision(benchmark::State &state, ScoreKind scores_of) {
  decide(state, scores_of, 60, 9999);
}

void growth_with_phases(benchmark::State &state) {
  decide(state, mean_scores, static_cast<std::size_t>(state.range(0)), 9999);
  state.SetComplexityN(state.range(0));
}

void growth_with_flips(benchmark::State &state) {
  decide(state, mean_scores, 60, static_cast<std::size_t>(state.range(0)));
  state.SetComplexityN(state.range(0));
}

void draw_flips(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(SignFlips(blocks, 9999, 1));
}

BENCHMARK_CAPTURE(decision, signed_ranks, signed_rank_scores)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decision, means, mean_scores)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decision, clipped_means, clipped_mean_scores)->Unit(benchmark::kMillisecond);
BENCHMARK(draw_flips)->Unit(benchmark::kMillisecond);
BENCHMARK(growth_with_phases)
    ->Arg(15)
    ->Arg(30)
    ->Arg(60)
    ->Arg(120)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(growth_with_flips)
    ->Arg(1'000)
    ->Arg(2'000)
    ->Arg(4'000)
    ->Arg(8'000)
    ->Arg(16'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace bootperf

BENCHMARK_MAIN();
