#include "verdict/compare/prospect.h"

#include <algorithm>
#include <cmath>

namespace bootperf {
namespace {

// The variance estimated from ten blocks is within a factor of three of what it is, nineteen times
// in twenty (chi-squared on nine degrees of freedom); and what the first look asks for is up to 2.4
// times what the last one does, since it may spend less of the error rate.
constexpr std::size_t out_of_reach = 8;
// What nobody would launch; it also keeps the estimate within its type.
constexpr double most_blocks_said = 1e6;

/// 0 where the phase does not tell.
double blocks_for(const PhaseVerdict &phase, double blocks) {
  const double margin = ColumnMargin{phase.tolerance, phase.floor}.ratio_at(phase.baseline_mean);
  const double goal = std::max(std::log1p(margin), std::abs(std::log(phase.ratio)));
  const double detectable = std::log1p(phase.smallest_detectable);
  if (!std::isfinite(detectable) || !std::isfinite(goal) || goal <= 0)
    return 0;
  return std::min(blocks * std::pow(detectable / goal, 2), most_blocks_said);
}

/// Fewer than are there have not decided it.
std::size_t whole_blocks(double blocks, std::size_t made) {
  return std::max(made + 1, static_cast<std::size_t>(std::round(blocks)));
}

} // namespace

BlocksToDecide blocks_to_decide(const std::vector<PhaseVerdict> &phases, std::size_t blocks) {
  if (std::ranges::find(phases, Verdict::regressed, &PhaseVerdict::verdict) != phases.end())
    return {};
  std::vector<double> needed;
  for (const PhaseVerdict &phase : phases)
    if (phase.verdict == Verdict::inconclusive)
      if (const double of_phase = blocks_for(phase, static_cast<double>(blocks)); of_phase > 0)
        needed.push_back(of_phase);
  if (needed.empty())
    return {};
  const auto [least, most] = std::ranges::minmax(needed);
  return {.one = whole_blocks(least, blocks), .all = whole_blocks(most, blocks)};
}

bool is_out_of_reach(std::size_t blocks, std::size_t most_blocks) {
  return blocks > out_of_reach * most_blocks;
}

} // namespace bootperf
