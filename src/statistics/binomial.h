#pragma once

#include <cstdint>

namespace bootperf {

struct ShareInterval {
  double low = 0;
  double high = 1;
};

/// The exact interval of a share of which k in n independent trials were seen, equal tails
/// (Clopper & Pearson 1934). n = 0: all of [0, 1]. NaN for k > n or a confidence outside (0, 1).
ShareInterval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence = 0.95);

} // namespace bootperf
