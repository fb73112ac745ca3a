#pragma once

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

} // namespace bootperf
