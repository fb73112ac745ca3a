#include "statistics/spending.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>

#include "statistics/ties.h"

namespace bootperf {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The value that at most allowed of these exceed; reorders them.
double exceeded_by(std::vector<double> &values, double allowed) {
  if (allowed < 0)
    return infinity;
  if (allowed >= static_cast<double>(values.size()))
    return -infinity;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(allowed);
  std::ranges::nth_element(values, place, std::greater<>());
  return *place;
}

} // namespace

double spent_alpha(double alpha, std::size_t n, std::size_t most) {
  if (most == 0)
    return 0;
  const double share = static_cast<double>(std::min(n, most)) / static_cast<double>(most);
  return alpha * share * share;
}

SequentialMaxT::SequentialMaxT(std::size_t flips) : crossed_(flips) {}

SequentialMaxT::Look SequentialMaxT::look(std::span<const double> maxima,
                                          std::span<const double> observed, double spent) {
  assert(maxima.size() == crossed_.size());
  std::vector<double> waiting; // maxima of the flips that have not crossed
  for (std::size_t flip = 0; flip < maxima.size(); ++flip)
    if (!crossed_[flip])
      waiting.push_back(maxima[flip]);
  std::ranges::sort(waiting);
  const double all = 1 + static_cast<double>(crossed_.size());
  const auto before = static_cast<double>(crossings_);
  Look result;
  for (const double statistic : observed) {
    const auto reaching = waiting.end() - std::ranges::lower_bound(waiting, tied(statistic));
    result.p.push_back((1 + before + static_cast<double>(reaching)) / all);
  }
  // How many of the B + 1 sign vectors may have crossed by the end of this look. The observed one
  // is one of them and has the same rights: counting it as crossed before it has would leave a flip
  // uncrossed that should be, and the next look would reject one vector too many.
  const double most = std::floor(spent * all + 1e-9);
  result.boundary = exceeded_by(waiting, most - before - 1);
  if (!observed.empty() && !observed_crossed_)
    waiting.push_back(std::ranges::max(observed));
  const double crossing = exceeded_by(waiting, most - before - (observed_crossed_ ? 1 : 0));
  for (std::size_t flip = 0; flip < maxima.size(); ++flip)
    if (!crossed_[flip] && tied(maxima[flip]) > crossing) {
      crossed_[flip] = true;
      ++crossings_;
    }
  observed_crossed_ = observed_crossed_ || std::ranges::any_of(result.p, [&](double p) {
                        return p * all <= most + 0.5;
                      });
  return result;
}

} // namespace bootperf
