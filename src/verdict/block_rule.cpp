#include "verdict/block_rule.h"

#include <algorithm>

#include "statistics/spending.h"
#include "verdict/block_columns.h"
#include "verdict/block_judge.h"
#include "verdict/looks.h"

namespace bootperf {

double ColumnMargin::ratio_at(double base_mean) const {
  return std::max(tolerance, floor / base_mean);
}

BlockDecision decide(const BlockValues &values, const std::vector<ColumnMargin> &margins,
                     const BlockRule &rule) {
  BlockDecision decision;
  decision.columns = undecided_columns(margins.size());
  decision.blocks = std::min(values.base.size(), rule.most_blocks);
  if (margins.empty() || decision.blocks == 0)
    return decision;
  BlockJudge judge(margins, rule);
  for (const std::size_t blocks : block_looks(rule.most_blocks)) {
    if (blocks > decision.blocks || judge.is_decided())
      break;
    decision.looks.push_back(blocks);
    judge.look(values, blocks);
  }
  decision.columns = judge.columns();
  decision.decided = judge.is_decided();
  if (decision.decided) {
    decision.blocks = decision.looks.back();
    return decision;
  }
  // What came after the last look sharpens the estimates, though it decides nothing yet.
  describe(decision.columns, values, log_ratios(values, decision.blocks), rule.alpha);
  for (std::size_t i = 0; i < margins.size(); ++i)
    decision.columns[i].margin = margins[i].ratio_at(decision.columns[i].base_mean);
  return decision;
}

std::vector<ColumnDecision> single_look(const BlockValues &values, const BlockRule &rule) {
  if (values.base.empty())
    return {};
  const BlockRatios ratios = log_ratios(values, values.base.size());
  const SignFlips flips(ratios.size(), rule.flips, rule.seed);
  const FlipMaxima maxima = flip_maxima(rule.scores(ratios), flips);
  const auto slower = SequentialMaxT(rule.flips).look(maxima.slower, maxima.observed, rule.alpha);
  const auto faster =
      SequentialMaxT(rule.flips).look(maxima.faster, negated(maxima.observed), rule.alpha_faster);
  std::vector<ColumnDecision> columns = undecided_columns(values.base.front().size());
  describe(columns, values, ratios, rule.alpha);
  describe_detectable(columns, ratios, slower.boundary);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].p_slower = slower.p[i];
    columns[i].p_faster = faster.p[i];
  }
  return columns;
}

} // namespace bootperf
