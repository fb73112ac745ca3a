#pragma once

// Where a series steps: the trend's question.

#include <cstddef>
#include <span>
#include <vector>

namespace bootperf {

/// A step in a series.
struct ChangePoint {
  std::size_t at = 0;       ///< index of the first value after the step
  std::size_t earliest = 0; ///< with 95 % confidence the first value after the step lies between
  std::size_t latest = 0;   ///< these two, both included (Siegmund 1988)
  double before = 0;        ///< means of the stretches on either side, single outliers pulled in
  double after = 0;

  double step() const { return after - before; }
};

struct ChangePointSettings {
  /// A series without steps shows a false one, up or down, about once in this many new values, or
  /// less often (docs/trend.md has the measured rates).
  double values_between_false_alarms = 1000;
  /// Nothing shorter counts as a level of its own.
  std::size_t shortest = 3;
  /// Deviations below this count as this, as in a series of equal values; > 0.
  double smallest_deviation = 1e-4;
};

/// Fewer values than this show nothing: their deviation is not known well enough.
inline constexpr std::size_t fewest_values = 14;

/// The steps of a series, ascending. PELT over the values with single outliers pulled in, with
/// the penalty 2 · deviation² · ln(values_between_false_alarms); the deviation is the step-free
/// long-run one. A long series is cut into overlapping windows of 256, each with a
/// deviation of its own, so that the time grows with its length only. What is found long before
/// the end does not change any more when values are appended.
std::vector<ChangePoint> change_points(std::span<const double> values,
                                       const ChangePointSettings &settings);

/// Where the mean of a series changes: the indexes of the first value of every segment but the
/// first, ascending. Exactly minimises, over all segmentations whose segments have at least
/// `shortest` values (≥ 1), the sum of squared deviations from the segments' means plus `penalty`
/// for each change, by PELT (Killick, Fearnhead & Eckley 2012, section 3). Quadratic in the length
/// of stretches without a change.
std::vector<std::size_t> pelt(std::span<const double> values, double penalty, std::size_t shortest);

/// The standard deviation of a series about a mean that may step now and then: from the median of
/// the absolute differences of neighbours (as Fearnhead & Rigaill 2019, section 5), and of the
/// means of neighbouring runs of four, whichever is larger. The second sees noise that lasts some
/// days: it is the long-run deviation that the mean of a segment varies by. It takes 24 values, the
/// first takes 6; fewer give 0.
double step_free_deviation(std::span<const double> values);

/// The values with single outliers pulled in: one that is further than three deviations (of
/// neighbours, as above) from the median of itself and its three neighbours on either side is put
/// at that distance (Hampel filter, Pearson 2002). A step stays a step, one wild value does not
/// become one. The last of a series has neighbours on one side only, so the first values after a
/// step are pulled in until they are in the majority.
std::vector<double> without_outliers(std::span<const double> values);

} // namespace bootperf
