#include "statistics/binomial.h"

#include <limits>

#include "statistics/incomplete_beta.h"

namespace bootperf {

ShareInterval clopper_pearson(std::uint64_t k, std::uint64_t n, double confidence) {
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  if (k > n || !(confidence > 0 && confidence < 1))
    return {nothing, nothing};
  const double tail = (1 - confidence) / 2;
  const auto seen = static_cast<double>(k);
  const auto unseen = static_cast<double>(n - k);
  // P(X ≥ k) = I_p(k, n − k + 1) and P(X ≤ k) = 1 − I_p(k + 1, n − k) (DLMF 8.17.24).
  return {k == 0 ? 0 : incomplete_beta_inverse(tail, seen, unseen + 1),
          k == n ? 1 : incomplete_beta_inverse(1 - tail, seen + 1, unseen)};
}

} // namespace bootperf
