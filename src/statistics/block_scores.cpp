#include "statistics/block_scores.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "statistics/summary.h"

namespace bootperf {
namespace {

/// The scores of one phase after another: from its ratios, one per block, to its scores.
template <class Score>
BlockRatios per_phase(const BlockRatios &ratios, Score score) {
  BlockRatios result = ratios;
  const std::size_t phases = ratios.empty() ? 0 : ratios[0].size();
  std::vector<double> phase_ratios(ratios.size());
  for (std::size_t phase = 0; phase < phases; ++phase) {
    for (std::size_t block = 0; block < ratios.size(); ++block)
      phase_ratios[block] = ratios[block][phase];
    const std::vector<double> scores = score(phase_ratios);
    for (std::size_t block = 0; block < ratios.size(); ++block)
      result[block][phase] = scores[block];
  }
  return result;
}

double sum_of_squares(const std::vector<double> &values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

std::vector<double> signed_ranks(const std::vector<double> &ratios) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < ratios.size(); ++i)
    if (ratios[i] != 0)
      order.push_back(i);
  const auto size = [&](std::size_t i) { return std::abs(ratios[i]); };
  std::ranges::sort(order, {}, size);
  std::vector<double> ranks(ratios.size());
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    while (last < order.size() && size(order[last]) == size(order[first]))
      ++last;
    // Ranks count from 1; those equal in size share the mean of first + 1 … last.
    const double rank = static_cast<double>(first + 1 + last) / 2;
    for (std::size_t i = first; i < last; ++i)
      ranks[order[i]] = std::copysign(rank, ratios[order[i]]);
  }
  const double norm = std::sqrt(sum_of_squares(ranks));
  if (norm > 0)
    for (double &rank : ranks)
      rank /= norm;
  return ranks;
}

std::vector<double> means(std::vector<double> ratios) {
  const double norm =
      std::sqrt(sum_of_squares(ratios) +
                static_cast<double>(ratios.size()) * smallest_log_spread * smallest_log_spread);
  for (double &ratio : ratios)
    ratio /= norm;
  return ratios;
}

std::vector<double> clipped_means(std::vector<double> ratios) {
  std::vector<double> sizes = ratios;
  for (double &size : sizes)
    size = std::abs(size);
  const double most = 3 * std::max(mad_to_deviation * summarise(sizes).median, smallest_log_spread);
  for (double &ratio : ratios)
    ratio = std::clamp(ratio, -most, most);
  return means(std::move(ratios));
}

} // namespace

BlockRatios signed_rank_scores(const BlockRatios &ratios) {
  return per_phase(ratios, signed_ranks);
}

BlockRatios mean_scores(const BlockRatios &ratios) {
  return per_phase(ratios, means);
}

BlockRatios clipped_mean_scores(const BlockRatios &ratios) {
  return per_phase(ratios, clipped_means);
}

} // namespace bootperf
