#pragma once

#include <span>
#include <vector>

namespace bootperf {

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
