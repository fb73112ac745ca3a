#include "statistics/resampling.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "statistics/random.h"
#include "statistics/summary.h"

namespace bootperf {

std::uint64_t combinations(std::size_t n, std::size_t k) {
  if (k > n)
    return 0;
  k = std::min(k, n - k);
  std::uint64_t result = 1;
  for (std::size_t i = 1; i <= k; ++i) {
    // result · (n−k+i) / i stays whole; dividing by the common factor first keeps it in range.
    const std::uint64_t factor = n - k + i;
    const std::uint64_t common = std::gcd(result, std::uint64_t{i});
    const std::uint64_t rest = factor / (i / common);
    if (result / common > std::numeric_limits<std::uint64_t>::max() / rest)
      return std::numeric_limits<std::uint64_t>::max();
    result = result / common * rest;
  }
  return result;
}

std::uint64_t affordable_draws(std::size_t chosen, std::size_t columns, double alpha,
                               std::uint64_t most) {
  constexpr std::uint64_t additions = 200'000'000; // less than a second
  constexpr std::uint64_t per_launch = 8;          // to draw one costs as much as so many columns
  constexpr std::uint64_t fewest = 4'999;
  constexpr double counted_at_alpha = 50; // a standard error of 14 % of alpha
  const std::uint64_t cost = std::max<std::uint64_t>(chosen, 1) * (columns + per_launch);
  const double telling = std::min(std::ceil(counted_at_alpha / alpha), static_cast<double>(most));
  const std::uint64_t least = std::max(fewest, static_cast<std::uint64_t>(telling));
  return std::min(most, std::max(least, additions / cost));
}

AssignmentCount for_each_assignment(std::size_t n, std::size_t k, std::uint64_t seed,
                                    std::uint64_t most, const std::function<void(Chosen)> &visit) {
  if (k > n)
    return {.exact = true, .visited = 0};
  const std::uint64_t all = combinations(n, k);
  if (all <= most) {
    std::vector<std::size_t> chosen(k);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    for (std::uint64_t i = 0; i < all; ++i) {
      visit(chosen);
      // The next combination: the last index that can still grow does, those behind it follow.
      std::size_t place = k;
      while (place > 0 && chosen[place - 1] == n - k + place - 1)
        --place;
      if (place == 0)
        break;
      ++chosen[place - 1];
      for (std::size_t later = place; later < k; ++later)
        chosen[later] = chosen[later - 1] + 1;
    }
    return {.exact = true, .visited = all};
  }
  Random random(seed);
  std::vector<std::size_t> deck(n);
  std::iota(deck.begin(), deck.end(), std::size_t{0});
  std::vector<std::size_t> chosen(k);
  for (std::uint64_t i = 0; i < most; ++i) {
    for (std::size_t place = 0; place < k; ++place)
      std::swap(deck[place], deck[place + random.below(n - place)]);
    std::copy_n(deck.begin(), k, chosen.begin());
    std::ranges::sort(chosen);
    visit(chosen);
  }
  return {.exact = false, .visited = most};
}

double permutation_p(std::uint64_t count, const AssignmentCount &assignments) {
  if (assignments.exact)
    return assignments.visited == 0
               ? 1.0
               : static_cast<double>(count) / static_cast<double>(assignments.visited);
  return static_cast<double>(1 + count) / static_cast<double>(1 + assignments.visited);
}

double permutation_of_means_p(std::span<const double> first, std::span<const double> second,
                              std::uint64_t draws, std::uint64_t seed) {
  if (first.empty() || second.empty())
    return 1;
  std::vector<double> values(first.begin(), first.end());
  values.insert(values.end(), second.begin(), second.end());
  // About their mean and in units of the largest deviation. The means then differ by a multiple of
  // the second group's sum, which therefore orders the assignments as well.
  const double mean = summarise(values).mean;
  double largest = 0;
  for (double &value : values) {
    value -= mean;
    largest = std::max(largest, std::abs(value));
  }
  if (largest > 0)
    for (double &value : values)
      value /= largest;
  double observed = 0;
  for (std::size_t i = first.size(); i < values.size(); ++i)
    observed += values[i];
  std::uint64_t larger = 0;
  std::uint64_t smaller = 0;
  const AssignmentCount assignments =
      for_each_assignment(values.size(), second.size(), seed, draws, [&](Chosen chosen) {
        double sum = 0;
        for (const std::size_t i : chosen)
          sum += values[i];
        larger += sum >= tied(observed) ? 1 : 0;
        smaller += -sum >= tied(-observed) ? 1 : 0;
      });
  return std::min(1.0, 2 * permutation_p(std::min(larger, smaller), assignments));
}

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

std::vector<std::vector<double>> flip_sums(const BlockRatios &scores, const SignFlips &flips) {
  assert(scores.size() <= flips.blocks());
  std::vector<std::vector<double>> all(phases_of(scores), std::vector<double>(flips.size()));
  for (std::size_t first = 0; first < all.size(); first += lanes) {
    const std::size_t width = std::min(lanes, all.size() - first);
    const std::vector<Lanes> rows = rows_from(scores, first);
    for (std::size_t flip = 0; flip < flips.size(); ++flip) {
      const Lanes sums = add_up(rows, flips[flip]);
      for (std::size_t lane = 0; lane < width; ++lane)
        all[first + lane][flip] = sums[lane];
    }
  }
  return all;
}

std::vector<double> observed_sums(const BlockRatios &scores) {
  std::vector<double> sums(phases_of(scores));
  for (const std::vector<double> &block : scores)
    for (std::size_t phase = 0; phase < sums.size(); ++phase)
      sums[phase] += block[phase];
  return sums;
}

} // namespace bootperf
