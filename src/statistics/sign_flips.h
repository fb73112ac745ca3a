#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bootperf {

/// Log ratios ln head − ln base: [block][phase], every block the same phases, all finite.
using BlockRatios = std::vector<std::vector<double>>;

/// From ratios to scores of the same shape, whose sums over the blocks are the statistics of a
/// sign-flip test. The size of a score depends on |ratio| alone and its sign is that of the ratio,
/// so flipping signs is exact under "head and base of a block could be swapped". Per phase the
/// squares add up to 1 (at most 1 for means), so a sum with random signs has variance 1. A phase
/// of zeros scores 0.
using ScoreKind = BlockRatios (*)(const BlockRatios &);

/// sgn(d) · rank |d| / √Σ rank²: mid-ranks for ties, zeros left out of the ranking and scored 0
/// (Wilcoxon 1945).
BlockRatios signed_rank_scores(const BlockRatios &ratios);

/// d / √(Σd² + n·s₀²), s₀ = smallest_log_spread. Their sum u is monotone in the one-sample
/// Student's t: without s₀, t = u·√(n−1) / √(n−u²). s₀ keeps
/// a nearly constant phase from dominating the maximum over phases.
BlockRatios mean_scores(const BlockRatios &ratios);

/// Mean scores of d clipped at ±3·max(1.4826·median |d|, s₀): one wild launch weighs no more than
/// three spreads (Huber 1964).
BlockRatios clipped_mean_scores(const BlockRatios &ratios);

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
                                         ScoreKind scores, const SignFlips &flips);

} // namespace bootperf
