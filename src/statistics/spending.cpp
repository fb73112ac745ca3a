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

/// The largest of many values. Of ten thousand flips a hundred may cross, so it pays to keep only
/// those while the values are walked once.
class Largest {
public:
  /// Keeps so many; none when negative.
  explicit Largest(double most) : most_(most < 0 ? 0 : static_cast<std::size_t>(most)) {}

  void add(double value) {
    if (kept_.size() == most_ && (most_ == 0 || value <= kept_.front()))
      return;
    if (kept_.size() == most_) {
      std::ranges::pop_heap(kept_, std::greater<>());
      kept_.pop_back();
    }
    kept_.push_back(value);
    std::ranges::push_heap(kept_, std::greater<>());
  }

  /// The k-th largest from 0; negative infinity when there are fewer.
  double at(std::size_t k) {
    if (k >= kept_.size())
      return -infinity;
    const auto place = kept_.begin() + static_cast<std::ptrdiff_t>(k);
    std::ranges::nth_element(kept_, place, std::greater<>());
    const double value = *place;
    std::ranges::make_heap(kept_, std::greater<>());
    return value;
  }

private:
  std::size_t most_;
  std::vector<double> kept_; ///< a heap, the smallest first
};

/// The value that at most allowed of these exceed.
double exceeded_by(Largest &values, double allowed) {
  return allowed < 0 ? infinity : values.at(static_cast<std::size_t>(allowed));
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
  const double all = 1 + static_cast<double>(crossed_.size());
  const auto before = static_cast<double>(crossings_);
  // How many of the B + 1 sign vectors may have crossed by the end of this look. The observed one
  // is one of them and has the same rights: counting it as crossed before it has would leave a flip
  // uncrossed that should be, and the next look would reject one vector too many.
  const double most = std::floor(spent * all + 1e-9);
  Largest waiting(most - before + 1); // of the flips that have not crossed
  std::vector<double> reaching(observed.size()), least;
  for (const double statistic : observed)
    least.push_back(tied(statistic));
  for (std::size_t flip = 0; flip < maxima.size(); ++flip) {
    if (crossed_[flip])
      continue;
    waiting.add(maxima[flip]);
    for (std::size_t phase = 0; phase < observed.size(); ++phase)
      reaching[phase] += maxima[flip] >= least[phase] ? 1 : 0;
  }
  Look result;
  for (const double count : reaching)
    result.p.push_back((1 + before + count) / all);
  result.boundary = exceeded_by(waiting, most - before - 1);
  if (!observed.empty() && !observed_crossed_)
    waiting.add(std::ranges::max(observed));
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
