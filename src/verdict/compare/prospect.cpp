#include "verdict/compare/prospect.h"

#include <algorithm>
#include <cmath>

namespace bootperf {
namespace {

// The variance estimated from ten blocks is within a factor of three of what it is, nineteen times
// in twenty (chi-squared on nine degrees of freedom).
constexpr std::size_t out_of_reach = 3;
// What nobody would launch; it also keeps the estimate within its type.
constexpr double most_blocks_said = 1e6;

double blocks_for(const PhaseVerdict &phase, double blocks) {
  const double margin = ColumnMargin{phase.tolerance, phase.floor}.ratio_at(phase.baseline_mean);
  const double goal = std::max(std::log1p(margin), std::abs(std::log(phase.ratio)));
  const double detectable = std::log1p(phase.smallest_detectable);
  if (!std::isfinite(detectable) || !std::isfinite(goal) || goal <= 0)
    return 0;
  return std::min(blocks * std::pow(detectable / goal, 2), most_blocks_said);
}

} // namespace

std::optional<std::size_t> blocks_to_decide(const std::vector<PhaseVerdict> &phases,
                                            std::size_t blocks) {
  double most = 0;
  for (const PhaseVerdict &phase : phases)
    if (phase.verdict == Verdict::inconclusive)
      most = std::max(most, blocks_for(phase, static_cast<double>(blocks)));
  if (most <= 0)
    return std::nullopt;
  // Fewer than are there have not decided it.
  return std::max(blocks + 1, static_cast<std::size_t>(std::round(most)));
}

bool is_out_of_reach(std::size_t blocks_to_decide, std::size_t most_blocks) {
  return blocks_to_decide > out_of_reach * most_blocks;
}

} // namespace bootperf
