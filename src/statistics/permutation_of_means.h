#pragma once

#include <cstdint>
#include <span>

namespace bootperf {

/// Two-sided p value of a difference of means by permutation, as Firecracker's A/B test asks for it
/// from scipy's permutation_test: twice the smaller of the two one-sided ones, at most 1. All
/// assignments when there are at most draws of them, else draws random ones from seed, with p = (1
/// + count) / (1 + draws) (Phipson & Smyth 2010). 1 with an empty group.
double permutation_of_means_p(std::span<const double> first, std::span<const double> second,
                              std::uint64_t draws, std::uint64_t seed);

} // namespace bootperf
