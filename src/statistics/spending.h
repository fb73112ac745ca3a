#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// α spent, all told, by the look at n of at most most blocks: α·(n/most)² (Lan & DeMets 1983; the
/// power family of Kim & DeMets 1987). α from n = most on; 0 when most is 0.
double spent_alpha(double alpha, std::size_t n, std::size_t most);

/// Looks at growing data with max-T over shared flips, in one direction: which flips crossed a
/// boundary at an earlier look. Over all looks, at most the α spent of equally likely sign vectors
/// cross, so an unchanged build is rejected with at most that probability. When some phase did
/// change, the others are held to α at each look, and over all looks nearly so.
class SequentialMaxT {
public:
  explicit SequentialMaxT(std::size_t flips);

  struct Look {
    /// Per phase, family-wise: (1 + flips crossed before + others whose maximum reaches the phase)
    /// / (1 + B). Rejected at this look iff p ≤ spent. A later p may be larger; what was rejected
    /// at an earlier look stays rejected.
    std::vector<double> p;
    /// A statistic that exceeds it is rejected: infinite when none can be, negative infinity when
    /// all are.
    double boundary = 0;
  };

  /// Judges one look. maxima: one per flip, at this look. observed: the sums per phase. spent: α
  /// spent by this look and those before, not decreasing from look to look. Ties count against
  /// rejection.
  Look look(std::span<const double> maxima, std::span<const double> observed, double spent);

private:
  std::vector<bool> crossed_; ///< per flip, at an earlier look
  std::size_t crossings_ = 0;
  bool observed_crossed_ = false;
};

} // namespace bootperf
