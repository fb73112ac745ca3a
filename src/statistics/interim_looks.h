#pragma once

// Data that grow are looked at several times, and the looks share one error rate: when there is a
// look, what it may spend, and max-T over shared flips that keeps to it.

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// The launches on both sides when data that grow are looked at.
struct InterimLook {
  std::size_t base = 0, head = 0;
};

/// α spent, all told, by the look at n of at most most blocks: α·(n/most)² (Lan & DeMets 1983; the
/// power family of Kim & DeMets 1987). α from n = most on; 0 when most is 0.
double spent_alpha(double alpha, std::size_t n, std::size_t most);

/// The part of an error rate that may be spent at the last of these looks, when there will be at
/// most most_head launches of head.
///
/// Who looks several times must not spend the whole error rate each time: by a look with n launches
/// of head α·(n / most_head)² is spent (Lan & DeMets 1983), less what the looks before could have
/// rejected. When so few assignments stand behind an earlier look that it could reject nothing, it
/// has spent nothing.
double alpha_at_last(double alpha, std::span<const InterimLook> looks, std::size_t most_head);

/// Launches that are looked at after `first` of them, and again after each further one up to
/// `most`.
struct LookRange {
  std::size_t first = 0, most = 0;
};

/// The same for launches against so many stored ones. One look alone (more launches than the most)
/// spends all.
double alpha_at_look(double alpha, const LookRange &range, std::size_t baseline_launches,
                     std::size_t launches);

/// Counted launches of a comparison by round: the first look comes after 10 of base and 3 of head,
/// the least that can reject at an error rate of 0.01 (p = 1/286); two further rounds follow while
/// undecided.
inline constexpr InterimLook counted_rounds[] = {{10, 3}, {2, 1}, {2, 1}};

/// The launches of all counted rounds together.
InterimLook all_counted_rounds();

/// The looks of a counted comparison that has so many launches of head.
std::vector<InterimLook> counted_looks(std::size_t head);

/// After how many blocks a comparison of at most `most` is looked at: 10, 12, 14, 16, then a
/// quarter more each time, and at the end. With fewer than ten blocks hardly any p value is as
/// small as what may be spent, so a look would be for nothing.
std::vector<std::size_t> block_looks(std::size_t most);

/// Looks at growing data with max-T over shared flips, in one direction: which flips crossed a
/// boundary at an earlier look. Over all looks, at most the α spent of equally likely sign vectors
/// cross, so an unchanged build is rejected with at most that probability. When some phase did
/// change, the others are held to α at each look, and over all looks nearly so.
class SequentialMaxT {
public:
  explicit SequentialMaxT(std::size_t flips);

  struct Outcome {
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
  Outcome look(std::span<const double> maxima, std::span<const double> observed, double spent);

private:
  std::vector<bool> crossed_; ///< per flip, at an earlier look
  std::size_t crossings_ = 0;
  bool observed_crossed_ = false;
};

} // namespace bootperf
