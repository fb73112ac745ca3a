#include "statistics/sign_flips.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

#include "statistics/random.h"
#include "statistics/ties.h"

namespace bootperf {
namespace {

/// Phases are summed so many at a time: a fixed number the compiler keeps in vector registers over
/// all blocks of a flip. Nearly all of a decision's time goes here.
constexpr std::size_t lanes = 8;
using Lanes = std::array<double, lanes>;

/// The scores of the phases from first on, a row per block; lanes past the last phase repeat it, so
/// that they never change a maximum.
std::vector<Lanes> rows_from(const BlockRatios &scores, std::size_t first) {
  std::vector<Lanes> rows(scores.size());
  for (std::size_t block = 0; block < scores.size(); ++block)
    for (std::size_t lane = 0; lane < lanes; ++lane)
      rows[block][lane] = scores[block][std::min(first + lane, scores[block].size() - 1)];
  return rows;
}

/// Unrolled, the sums stay in registers; at -O2 GCC keeps them in memory otherwise, for half the
/// speed.
Lanes add_up(const std::vector<Lanes> &rows, std::span<const double> signs) {
  Lanes sums{};
  for (std::size_t block = 0; block < rows.size(); ++block)
#pragma GCC unroll 8
    for (std::size_t lane = 0; lane < lanes; ++lane)
      sums[lane] += signs[block] * rows[block][lane];
  return sums;
}

std::size_t phases_of(const BlockRatios &scores) {
  return scores.empty() ? 0 : scores[0].size();
}

std::vector<double> observed_sums(const BlockRatios &scores) {
  std::vector<double> sums(phases_of(scores));
  for (const std::vector<double> &block : scores)
    for (std::size_t phase = 0; phase < sums.size(); ++phase)
      sums[phase] += block[phase];
  return sums;
}

} // namespace

SignFlips::SignFlips(std::size_t blocks, std::size_t flips, std::uint64_t seed)
    : blocks_(blocks), flips_(flips), signs_(blocks * flips) {
  Random random(seed);
  for (double &sign : signs_)
    sign = random.below(2) == 0 ? -1 : 1;
}

FlipMaxima flip_maxima(const BlockRatios &scores, const SignFlips &flips) {
  assert(scores.size() <= flips.blocks());
  const std::size_t phases = phases_of(scores);
  const double start = phases == 0 ? 0 : -std::numeric_limits<double>::infinity();
  FlipMaxima maxima{observed_sums(scores), std::vector<double>(flips.size(), start),
                    std::vector<double>(flips.size(), start)};
  for (std::size_t first = 0; first < phases; first += lanes) {
    const std::vector<Lanes> rows = rows_from(scores, first);
    for (std::size_t flip = 0; flip < flips.size(); ++flip) {
      const Lanes sums = add_up(rows, flips[flip]);
      const auto [least, most] = std::ranges::minmax(sums);
      maxima.slower[flip] = std::max(maxima.slower[flip], most);
      maxima.faster[flip] = std::max(maxima.faster[flip], -least);
    }
  }
  return maxima;
}

std::vector<double> flips_below_margin_p(const BlockRatios &ratios, std::span<const double> margins,
                                         ScoreKind scores_of, const SignFlips &flips) {
  assert(ratios.size() <= flips.blocks());
  if (ratios.empty())
    return std::vector<double>(margins.size(), 1.0);
  BlockRatios shifted = ratios;
  for (std::vector<double> &block : shifted)
    for (std::size_t phase = 0; phase < block.size(); ++phase)
      block[phase] -= std::log1p(margins[phase]);
  const BlockRatios scores = scores_of(shifted);
  const std::vector<double> observed = observed_sums(scores);
  std::vector<double> p(observed.size());
  for (std::size_t first = 0; first < p.size(); first += lanes) {
    const std::size_t width = std::min(lanes, p.size() - first);
    const std::vector<Lanes> rows = rows_from(scores, first);
    Lanes reached{};
    Lanes count{};
    for (std::size_t lane = 0; lane < width; ++lane)
      reached[lane] = -tied(-observed[first + lane]);
    for (std::size_t flip = 0; flip < flips.size(); ++flip) {
      const Lanes sums = add_up(rows, flips[flip]);
      for (std::size_t lane = 0; lane < lanes; ++lane)
        count[lane] += sums[lane] <= reached[lane] ? 1.0 : 0.0;
    }
    for (std::size_t lane = 0; lane < width; ++lane)
      p[first + lane] = (1 + count[lane]) / (1 + static_cast<double>(flips.size()));
  }
  return p;
}

} // namespace bootperf
