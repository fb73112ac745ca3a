#include "verdict/block_judge.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "verdict/block_columns.h"

namespace bootperf {

BlockJudge::BlockJudge(std::vector<ColumnMargin> margins, const BlockRule &rule)
    : margins_(std::move(margins)), rule_(rule), flips_(rule.most_blocks, rule.flips, rule.seed),
      slower_(rule.flips), faster_(rule.flips), below_(margins_.size(), SequentialMaxT(rule.flips)),
      columns_(undecided_columns(margins_.size())) {}

void BlockJudge::look(const BlockValues &values, std::size_t blocks) {
  const BlockRatios ratios = log_ratios(values, blocks);
  const double alpha = spent_alpha(rule_.alpha, blocks, rule_.most_blocks);
  const double alpha_faster = spent_alpha(rule_.alpha_faster, blocks, rule_.most_blocks);
  const FlipMaxima maxima = flip_maxima(rule_.scores(ratios), flips_);
  const auto slower = slower_.look(maxima.slower, maxima.observed, alpha);
  const auto faster = faster_.look(maxima.faster, negated(maxima.observed), alpha_faster);
  describe(columns_, values, ratios, rule_.alpha);
  describe_detectable(columns_, ratios, slower.boundary);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    columns_[i].margin = margins_[i].ratio_at(columns_[i].base_mean);
  const std::vector<bool> below = below_margin(ratios, alpha);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    ColumnDecision &column = columns_[i];
    if (column.decided_after > 0)
      continue;
    column.p_slower = slower.p[i];
    column.p_faster = faster.p[i];
    if (column.p_slower <= alpha && column.ratio - 1 >= column.margin)
      column.verdict = Verdict::regressed;
    else if (column.p_faster <= alpha_faster && 1 - column.ratio >= column.margin)
      column.verdict = Verdict::improved;
    else if (below[i])
      column.verdict = Verdict::pass;
    if (column.verdict != Verdict::inconclusive)
      column.decided_after = blocks;
  }
}

bool BlockJudge::is_decided() const {
  return std::ranges::all_of(columns_,
                             [](const ColumnDecision &column) { return column.decided_after > 0; });
}

std::vector<bool> BlockJudge::below_margin(const BlockRatios &ratios, double alpha) {
  BlockRatios short_of(ratios); // how far a block is from the margin
  for (std::vector<double> &block : short_of)
    for (std::size_t i = 0; i < block.size(); ++i)
      block[i] = std::log1p(columns_[i].margin) - block[i];
  const BlockRatios scores = rule_.scores(short_of);
  const std::vector<std::vector<double>> sums = flip_sums(scores, flips_);
  const std::vector<double> observed = observed_sums(scores);
  std::vector<bool> below;
  for (std::size_t i = 0; i < sums.size(); ++i)
    below.push_back(below_[i].look(sums[i], {&observed[i], 1}, alpha).p[0] <= alpha);
  return below;
}

std::vector<double> negated(std::vector<double> values) {
  for (double &value : values)
    value = -value;
  return values;
}

} // namespace bootperf
