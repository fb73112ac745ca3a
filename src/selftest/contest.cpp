#include "selftest/contest.h"

#include <algorithm>

#include "selftest/rules.h"
#include "statistics/interim_looks.h"

namespace bootperf {
namespace {

// A self-test decides thousands of times; the p values that matter are far above 1/2,000.
constexpr std::size_t flips = 1'999;
constexpr std::size_t batch = 10;

Contestant by_blocks(std::string name, const Policy &policy, ScoreKind scores) {
  const std::size_t blocks = static_cast<std::size_t>(policy.compare_launches) / 2;
  return {std::move(name),
          [blocks](const Traces &traces, Random &random) {
            return draw_blocks(traces, blocks, random);
          },
          [scores](const Draw &draw, const RuleContext &context) {
            return rule_by_blocks(draw, context, scores, flips);
          },
          2 * blocks};
}

Contestant by_batches(std::string name, std::size_t each,
                      Ruling (*rule)(const Draw &, const RuleContext &)) {
  return {
      std::move(name),
      [each](const Traces &traces, Random &random) { return draw_batches(traces, each, random); },
      rule, 2 * each};
}

std::vector<Contestant> peers() {
  return {by_batches("fixed band of ±30 %", batch, rule_by_band),
          by_batches("ratio of 200 % to one launch", 1, rule_by_ratio),
          by_batches("U test, 0.05 per phase", batch, rule_by_u_test),
          by_batches("U test, Bonferroni", batch, rule_by_u_test_bonferroni),
          by_batches("permutation p < 0.01 and 5 %", batch, rule_by_permutation)};
}

} // namespace

std::vector<Contestant> wall_contestants(const Policy &policy) {
  std::vector<Contestant> all = {
      by_blocks("bootperf: blocks, clipped means", policy, clipped_mean_scores),
      by_blocks("blocks, means", policy, mean_scores),
      by_blocks("blocks, signed ranks", policy, signed_rank_scores)};
  std::ranges::move(peers(), std::back_inserter(all));
  return all;
}

std::vector<Contestant> counted_contestants() {
  const InterimLook rounds = all_counted_rounds();
  std::vector<Contestant> all = {
      {"bootperf: 2 or 3 launches against a baseline",
       [](const Traces &traces, Random &random) { return draw_held_out(traces, 3, random); },
       rule_by_baseline, 3},
      {"bootperf: 10 of base and 3 of head",
       [rounds](const Traces &traces, Random &random) {
         return draw_shuffled(traces, rounds.base, rounds.head, random);
       },
       rule_by_rounds, rounds.base + rounds.head}};
  std::ranges::move(peers(), std::back_inserter(all));
  return all;
}

std::string headline_of(const std::vector<Blamed> &blamed) {
  std::string named;
  double largest = 0;
  for (const Blamed &each : blamed) {
    const bool has_inner = std::ranges::any_of(
        blamed, [&](const Blamed &other) { return other.phase.starts_with(each.phase + " > "); });
    if (!has_inner && each.ratio > largest) {
      largest = each.ratio;
      named = each.phase;
    }
  }
  return named;
}

} // namespace bootperf
