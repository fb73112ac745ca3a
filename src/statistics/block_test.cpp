#include "statistics/block_test.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "statistics/hodges_lehmann.h"

namespace bootperf {
namespace {

/// ln head − ln base of the first so many blocks.
BlockRatios log_ratios(const BlockValues &values, std::size_t blocks) {
  BlockRatios ratios(blocks);
  for (std::size_t block = 0; block < blocks; ++block)
    for (std::size_t column = 0; column < values.base[block].size(); ++column)
      ratios[block].push_back(std::log(values.head[block][column] / values.base[block][column]));
  return ratios;
}

std::vector<double> ratios_of(const BlockRatios &ratios, std::size_t column) {
  std::vector<double> result;
  result.reserve(ratios.size());
  for (const std::vector<double> &block : ratios)
    result.push_back(block[column]);
  return result;
}

LaunchValues first_of(const LaunchValues &values, std::size_t blocks) {
  return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(blocks)};
}

/// Columns that nothing is known of yet.
template <class Column>
std::vector<Column> unknown_columns(std::size_t columns) {
  std::vector<Column> result(columns);
  for (Column &column : result)
    column.half_width = column.smallest_detectable = std::numeric_limits<double>::infinity();
  return result;
}

/// Fills in means, ratios and half widths at 1 − alpha from the first ratios.size() blocks.
template <class Column>
void describe(std::vector<Column> &columns, const BlockValues &values, const BlockRatios &ratios,
              double alpha) {
  const LaunchValues base = first_of(values.base, ratios.size());
  const LaunchValues head = first_of(values.head, ratios.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    Column &column = columns[i];
    column.baseline_mean = geometric_mean(base, i);
    column.current_mean = geometric_mean(head, i);
    const HodgesLehmann centre = hodges_lehmann(ratios_of(ratios, i), alpha);
    column.ratio = std::exp(centre.estimate);
    column.half_width = (std::exp(centre.high) - std::exp(centre.low)) / 2;
  }
}

/// Fills in what could have been seen when a statistic has to exceed this boundary.
template <class Column>
void describe_detectable(std::vector<Column> &columns, const BlockRatios &ratios, double boundary) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].smallest_detectable = smallest_detectable(ratios_of(ratios, i), boundary);
}

/// The statistics the other way round, for the faster direction.
std::vector<double> negated(std::vector<double> values) {
  for (double &value : values)
    value = -value;
  return values;
}

} // namespace

BlockTest::BlockTest(std::vector<ColumnMargin> margins, const BlockRule &rule)
    : margins_(std::move(margins)), rule_(rule), flips_(rule.most_blocks, rule.flips, rule.seed),
      slower_(rule.flips), faster_(rule.flips), below_(margins_.size(), SequentialMaxT(rule.flips)),
      columns_(unknown_columns<ColumnDecision>(margins_.size())) {}

void BlockTest::look(const BlockValues &values, std::size_t blocks) {
  const BlockRatios ratios = log_ratios(values, blocks);
  const ErrorRates rates{.alpha = spent_alpha(rule_.alpha, blocks, rule_.most_blocks),
                         .alpha_faster =
                             spent_alpha(rule_.alpha_faster, blocks, rule_.most_blocks)};
  const FlipMaxima maxima = flip_maxima(rule_.scores(ratios), flips_);
  const auto slower = slower_.look(maxima.slower, maxima.observed, rates.alpha);
  const auto faster = faster_.look(maxima.faster, negated(maxima.observed), rates.alpha_faster);
  const std::vector<ColumnDecision> before = columns_;
  describe(columns_, values, ratios, rule_.alpha);
  describe_detectable(columns_, ratios, slower.boundary);
  for (std::size_t i = 0; i < columns_.size(); ++i)
    columns_[i].margin = margins_[i].ratio_at(columns_[i].baseline_mean);
  const std::vector<double> below = below_margin(ratios, rates.alpha);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    ColumnDecision &column = columns_[i];
    if (before[i].decided_after > 0) {
      column = before[i]; // its numbers are those that its verdict came from
      continue;
    }
    column.p_slower = slower.p[i];
    column.p_faster = faster.p[i];
    column.verdict = column_verdict(column, column.margin, below[i], rates);
    if (column.verdict != Verdict::inconclusive)
      column.decided_after = blocks;
  }
}

bool BlockTest::is_decided() const {
  return std::ranges::all_of(columns_,
                             [](const ColumnDecision &column) { return column.decided_after > 0; });
}

std::vector<double> BlockTest::below_margin(const BlockRatios &ratios, double alpha) {
  BlockRatios short_of(ratios); // how far a block is from the margin
  for (std::vector<double> &block : short_of)
    for (std::size_t i = 0; i < block.size(); ++i)
      block[i] = std::log1p(columns_[i].margin) - block[i];
  const BlockRatios scores = rule_.scores(short_of);
  const std::vector<std::vector<double>> sums = flip_sums(scores, flips_);
  const std::vector<double> observed = observed_sums(scores);
  std::vector<double> below;
  for (std::size_t i = 0; i < sums.size(); ++i)
    below.push_back(below_[i].look(sums[i], {&observed[i], 1}, alpha).p[0]);
  return below;
}

BlockDecision decide_blocks(const BlockValues &values, const std::vector<ColumnMargin> &margins,
                            const BlockRule &rule) {
  BlockDecision decision;
  decision.columns = unknown_columns<ColumnDecision>(margins.size());
  decision.blocks = std::min(values.base.size(), rule.most_blocks);
  if (margins.empty() || decision.blocks == 0)
    return decision;
  BlockTest test(margins, rule);
  for (const std::size_t blocks : block_looks(rule.most_blocks)) {
    if (blocks > decision.blocks || test.is_decided())
      break;
    decision.looks.push_back(blocks);
    test.look(values, blocks);
  }
  decision.columns = test.columns();
  decision.decided = test.is_decided();
  if (decision.decided) {
    decision.blocks = decision.looks.back();
    return decision;
  }
  // What came after the last look sharpens the estimates, though it decides nothing yet.
  std::vector<ColumnDecision> sharper = decision.columns;
  describe(sharper, values, log_ratios(values, decision.blocks), rule.alpha);
  for (std::size_t i = 0; i < margins.size(); ++i)
    if (decision.columns[i].decided_after == 0) {
      decision.columns[i] = sharper[i];
      decision.columns[i].margin = margins[i].ratio_at(sharper[i].baseline_mean);
    }
  return decision;
}

std::vector<ColumnTest> single_block_look(const BlockValues &values, const BlockRule &rule) {
  if (values.base.empty())
    return {};
  const BlockRatios ratios = log_ratios(values, values.base.size());
  const SignFlips flips(ratios.size(), rule.flips, rule.seed);
  const FlipMaxima maxima = flip_maxima(rule.scores(ratios), flips);
  const auto slower = SequentialMaxT(rule.flips).look(maxima.slower, maxima.observed, rule.alpha);
  const auto faster =
      SequentialMaxT(rule.flips).look(maxima.faster, negated(maxima.observed), rule.alpha_faster);
  std::vector<ColumnTest> columns = unknown_columns<ColumnTest>(values.base.front().size());
  describe(columns, values, ratios, rule.alpha);
  describe_detectable(columns, ratios, slower.boundary);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].p_slower = slower.p[i];
    columns[i].p_faster = faster.p[i];
  }
  return columns;
}

} // namespace bootperf
