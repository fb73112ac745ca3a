#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "statistics/block_scores.h"

namespace bootperf {

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

/// For each phase by itself the one-sided p value of "head is slower than base by margins[phase] (a
/// ratio − 1, above −1) or more": the scores of d − ln(1 + margin), p = (1 + #{flips whose sum is
/// at most the observed}) / (1 + B) (Phipson & Smyth 2010). 1 without blocks. At several looks
/// compare with what the look adds, spent − spent before: nothing is carried over between looks
/// here.
std::vector<double> flips_below_margin_p(const BlockRatios &ratios, std::span<const double> margins,
                                         ScoreKind scores_of, const SignFlips &flips);

} // namespace bootperf
