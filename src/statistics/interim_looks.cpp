#include "statistics/interim_looks.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>

#include "statistics/resampling.h"

namespace bootperf {
namespace {

constexpr std::size_t first_block_look = 10;
constexpr std::size_t last_close_look = 16; // up to here every second block

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
      return -std::numeric_limits<double>::infinity();
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
  return allowed < 0 ? std::numeric_limits<double>::infinity()
                     : values.at(static_cast<std::size_t>(allowed));
}

} // namespace

double spent_alpha(double alpha, std::size_t n, std::size_t most) {
  if (most == 0)
    return 0;
  const double share = static_cast<double>(std::min(n, most)) / static_cast<double>(most);
  return alpha * share * share;
}

double alpha_at_last(double alpha, std::span<const InterimLook> looks, std::size_t most_head) {
  double spent = 0;
  for (const InterimLook &look : looks.first(looks.size() - 1)) {
    // A p value is a multiple of 1/assignments: only whole multiples below the boundary are spent.
    const auto assignments = static_cast<double>(combinations(look.base + look.head, look.head));
    const double allowed = spent_alpha(alpha, look.head, most_head) - spent;
    spent += std::floor(allowed * assignments + 1e-9) / assignments;
  }
  return spent_alpha(alpha, looks.back().head, most_head) - spent;
}

double alpha_at_look(double alpha, const LookRange &range, std::size_t baseline_launches,
                     std::size_t launches) {
  if (launches > range.most)
    return alpha;
  std::vector<InterimLook> looks;
  for (std::size_t head = range.first; head < launches; ++head)
    looks.push_back({baseline_launches, head});
  looks.push_back({baseline_launches, launches});
  return alpha_at_last(alpha, looks, range.most);
}

InterimLook all_counted_rounds() {
  InterimLook all;
  for (const InterimLook &round : counted_rounds)
    all = {all.base + round.base, all.head + round.head};
  return all;
}

std::vector<InterimLook> counted_looks(std::size_t head) {
  std::vector<InterimLook> looks;
  InterimLook so_far;
  for (const InterimLook &round : counted_rounds) {
    so_far = {so_far.base + round.base, so_far.head + round.head};
    if (so_far.head <= head)
      looks.push_back(so_far);
  }
  return looks;
}

std::vector<std::size_t> block_looks(std::size_t most) {
  std::vector<std::size_t> looks;
  for (std::size_t look = first_block_look; look < most;
       look = look < last_close_look ? look + 2 : look + look / 4)
    looks.push_back(look);
  if (most > 0)
    looks.push_back(most);
  return looks;
}

SequentialMaxT::SequentialMaxT(std::size_t flips) : crossed_(flips) {}

SequentialMaxT::Outcome SequentialMaxT::look(std::span<const double> maxima,
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
  Outcome result;
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
