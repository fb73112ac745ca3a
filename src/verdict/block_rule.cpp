#include "verdict/block_rule.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "statistics/hodges_lehmann.h"
#include "statistics/spending.h"
#include "verdict/looks.h"

namespace bootperf {
namespace {

BlockRatios log_ratios(const BlockValues &values, std::size_t blocks) {
  BlockRatios ratios(blocks);
  for (std::size_t block = 0; block < blocks; ++block)
    for (std::size_t column = 0; column < values.base[block].size(); ++column)
      ratios[block].push_back(std::log(values.head[block][column] / values.base[block][column]));
  return ratios;
}

std::vector<double> column_of(const BlockRatios &ratios, std::size_t column) {
  std::vector<double> result;
  result.reserve(ratios.size());
  for (const std::vector<double> &block : ratios)
    result.push_back(block[column]);
  return result;
}

LaunchValues first_of(const LaunchValues &values, std::size_t blocks) {
  return {values.begin(), values.begin() + static_cast<std::ptrdiff_t>(blocks)};
}

/// Everything but verdicts and p values.
void describe(std::vector<ColumnDecision> &columns, const BlockValues &values,
              const BlockRatios &ratios, double alpha) {
  const LaunchValues base = first_of(values.base, ratios.size());
  const LaunchValues head = first_of(values.head, ratios.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ColumnDecision &column = columns[i];
    column.base_mean = geometric_mean(base, i);
    column.head_mean = geometric_mean(head, i);
    const HodgesLehmann centre = hodges_lehmann(column_of(ratios, i), alpha);
    column.ratio = std::exp(centre.estimate);
    column.half_width = (std::exp(centre.high) - std::exp(centre.low)) / 2;
  }
}

void describe_detectable(std::vector<ColumnDecision> &columns, const BlockRatios &ratios,
                         double boundary) {
  for (std::size_t i = 0; i < columns.size(); ++i)
    columns[i].smallest_detectable = smallest_detectable(column_of(ratios, i), boundary);
}

std::vector<double> negated(std::vector<double> values) {
  for (double &value : values)
    value = -value;
  return values;
}

/// The looks at one comparison: what has been spent and crossed so far, in
/// every direction.
class Looks {
public:
  Looks(const std::vector<ColumnMargin> &margins, const BlockRule &rule)
      : margins_(margins), rule_(rule), flips_(rule.most_blocks, rule.flips, rule.seed),
        slower_(rule.flips), faster_(rule.flips),
        below_(margins.size(), SequentialMaxT(rule.flips)) {}

  void look(std::vector<ColumnDecision> &columns, const BlockValues &values,
            const BlockRatios &ratios) {
    const std::size_t blocks = ratios.size();
    const double alpha = spent_alpha(rule_.alpha, blocks, rule_.most_blocks);
    const double alpha_faster = spent_alpha(rule_.alpha_faster, blocks, rule_.most_blocks);
    const FlipMaxima maxima = flip_maxima(rule_.scores(ratios), flips_);
    const auto slower = slower_.look(maxima.slower, maxima.observed, alpha);
    const auto faster = faster_.look(maxima.faster, negated(maxima.observed), alpha_faster);
    describe(columns, values, ratios, rule_.alpha);
    describe_detectable(columns, ratios, slower.boundary);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      ColumnDecision &column = columns[i];
      const double margin = margins_[i].ratio_at(column.base_mean);
      const bool below = is_below(i, ratios, margin, alpha);
      if (column.decided_after > 0)
        continue;
      column.margin = margin;
      column.p_slower = slower.p[i];
      column.p_faster = faster.p[i];
      if (column.p_slower <= alpha && column.ratio - 1 >= margin)
        column.verdict = Verdict::regressed;
      else if (column.p_faster <= alpha_faster && 1 - column.ratio >= margin)
        column.verdict = Verdict::improved;
      else if (below)
        column.verdict = Verdict::pass;
      if (column.verdict != Verdict::inconclusive)
        column.decided_after = blocks;
    }
  }

private:
  /// Whether "slower by the margin or more" is rejected at this look, for the
  /// column by itself.
  bool is_below(std::size_t column, const BlockRatios &ratios, double margin, double alpha) {
    BlockRatios faster_than_margin(ratios.size());
    for (std::size_t block = 0; block < ratios.size(); ++block)
      faster_than_margin[block] = {std::log1p(margin) - ratios[block][column]};
    const FlipMaxima maxima = flip_maxima(rule_.scores(faster_than_margin), flips_);
    return below_[column].look(maxima.slower, maxima.observed, alpha).p[0] <= alpha;
  }

  const std::vector<ColumnMargin> &margins_;
  const BlockRule &rule_;
  SignFlips flips_;
  SequentialMaxT slower_, faster_;
  std::vector<SequentialMaxT> below_;
};

std::vector<ColumnDecision> undecided(std::size_t columns) {
  std::vector<ColumnDecision> result(columns);
  for (ColumnDecision &column : result)
    column.half_width = column.smallest_detectable = std::numeric_limits<double>::infinity();
  return result;
}

} // namespace

double ColumnMargin::ratio_at(double base_mean) const {
  return std::max(tolerance, floor / base_mean);
}

BlockDecision decide(const BlockValues &values, const std::vector<ColumnMargin> &margins,
                     const BlockRule &rule) {
  BlockDecision decision;
  decision.columns = undecided(margins.size());
  decision.blocks = std::min(values.base.size(), rule.most_blocks);
  if (margins.empty() || decision.blocks == 0)
    return decision;
  const BlockRatios ratios = log_ratios(values, decision.blocks);
  Looks looks(margins, rule);
  for (const std::size_t blocks : block_looks(rule.most_blocks)) {
    if (blocks > decision.blocks || decision.decided)
      break;
    decision.looks.push_back(blocks);
    looks.look(decision.columns, values,
               {ratios.begin(), ratios.begin() + static_cast<std::ptrdiff_t>(blocks)});
    decision.decided = std::ranges::all_of(
        decision.columns, [](const ColumnDecision &column) { return column.decided_after > 0; });
  }
  if (decision.decided) {
    decision.blocks = decision.looks.back();
  } else {
    // What came after the last look sharpens the estimates, though it decides
    // nothing yet.
    describe(decision.columns, values, ratios, rule.alpha);
    for (std::size_t i = 0; i < margins.size(); ++i)
      decision.columns[i].margin = margins[i].ratio_at(decision.columns[i].base_mean);
  }
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
  std::vector<ColumnDecision> columns = undecided(values.base.front().size());
  describe(columns, values, ratios, rule.alpha);
  describe_detectable(columns, ratios, slower.boundary);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].p_slower = slower.p[i];
    columns[i].p_faster = faster.p[i];
  }
  return columns;
}

} // namespace bootperf
