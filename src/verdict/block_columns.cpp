#include "verdict/block_columns.h"

#include <cmath>
#include <limits>

#include "statistics/hodges_lehmann.h"

namespace bootperf {
namespace {

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

} // namespace

BlockRatios log_ratios(const BlockValues &values, std::size_t blocks) {
  BlockRatios ratios(blocks);
  for (std::size_t block = 0; block < blocks; ++block)
    for (std::size_t column = 0; column < values.base[block].size(); ++column)
      ratios[block].push_back(std::log(values.head[block][column] / values.base[block][column]));
  return ratios;
}

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

std::vector<ColumnDecision> undecided_columns(std::size_t columns) {
  std::vector<ColumnDecision> result(columns);
  for (ColumnDecision &column : result)
    column.half_width = column.smallest_detectable = std::numeric_limits<double>::infinity();
  return result;
}

} // namespace bootperf
