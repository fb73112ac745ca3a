#pragma once

// Tests that draw again: which launches could as well have been the other group (assignments), and
// which blocks could as well have been the other way round (sign flips).

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "statistics/block_scores.h"

namespace bootperf {

/// What another value has to reach to tie with or exceed this statistic. Two permutations with the
/// same values may differ in the last bits; a tie must count as one. For statistics of the order
/// of 1.
inline double tied(double statistic) {
  return statistic - 1e-9 * std::max(1.0, std::abs(statistic));
}

/// How assignments are gone through.
struct Permutations {
  std::uint64_t seed = 0;
  std::uint64_t max_exact = 200'000; ///< beyond, so many are drawn
};

/// How many random assignments are drawn where `most` would be, so that a test of many launches
/// ends in seconds: fewer the more launches have to be added up for each, in all columns, but never
/// so few that a p of alpha could not be told from half or twice of it.
std::uint64_t affordable_draws(std::size_t chosen, std::size_t columns, double alpha,
                               std::uint64_t most);

/// Ways to choose k of n; the largest 64-bit number when it does not fit.
std::uint64_t combinations(std::size_t n, std::size_t k);

/// The launches (ascending indexes) that form the current group in one assignment.
using Chosen = std::span<const std::size_t>;

struct AssignmentCount {
  bool exact = false;
  std::uint64_t visited = 0; ///< when exact: all of them, the observed one included
};

/// Calls visit for the ways to choose k of n: every one of them, in lexicographic order, when there
/// are at most most of them; else for most random ones, drawn with replacement from seed.
AssignmentCount for_each_assignment(std::size_t n, std::size_t k, std::uint64_t seed,
                                    std::uint64_t most, const std::function<void(Chosen)> &visit);

/// The p value of a statistic that count assignments reach or exceed. Exact: their share. Monte
/// Carlo: (1 + count) / (1 + B), never 0 (Phipson & Smyth 2010).
double permutation_p(std::uint64_t count, const AssignmentCount &assignments);

/// Two-sided p value of a difference of means by permutation, as Firecracker's A/B test asks for it
/// from scipy's permutation_test: twice the smaller of the two one-sided ones, at most 1. All
/// assignments when there are at most draws of them, else draws random ones from seed, with p = (1
/// + count) / (1 + draws) (Phipson & Smyth 2010). 1 with an empty group.
double permutation_of_means_p(std::span<const double> first, std::span<const double> second,
                              std::uint64_t draws, std::uint64_t seed);

/// Random signs ±1 per flip and block. Made once for the most blocks there will be; a look at n
/// blocks uses the first n signs of each flip, so that looks share their flips. The identity is not
/// among them: the p values add it.
class SignFlips {
public:
  SignFlips(std::size_t blocks, std::size_t flips, std::uint64_t seed);

  std::size_t blocks() const { return blocks_; }
  std::size_t size() const { return flips_; }
  /// The signs of one flip, as 1.0 and −1.0.
  std::span<const double> operator[](std::size_t flip) const {
    return {signs_.data() + flip * blocks_, blocks_};
  }

private:
  std::size_t blocks_;
  std::size_t flips_;
  std::vector<double> signs_; ///< flip-major
};

/// The sums of scores, as observed and under the flips.
struct FlipMaxima {
  std::vector<double> observed; ///< per phase; negative: faster
  std::vector<double> slower;   ///< per flip the largest sum over the phases (0 without phases)
  std::vector<double> faster;   ///< per flip the negative of the smallest
};

/// Joint sign flips over blocks: a flip turns a block's sign for all phases at once, which keeps
/// the correlation between phases (max-T, Westfall & Young 1993). At most flips.blocks() blocks.
FlipMaxima flip_maxima(const BlockRatios &scores, const SignFlips &flips);

/// The sums of each phase by itself, [phase][flip]: for tests that are no family.
std::vector<std::vector<double>> flip_sums(const BlockRatios &scores, const SignFlips &flips);

/// The sums as they were observed, per phase.
std::vector<double> observed_sums(const BlockRatios &scores);

} // namespace bootperf
