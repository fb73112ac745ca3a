#include "verdict/looks.h"

#include <algorithm>
#include <cmath>

#include "statistics/assignments.h"

namespace bootperf {

double alpha_at_look(double alpha, const Policy &policy, std::size_t baseline_launches,
                     std::size_t launches) {
  const auto most = static_cast<std::size_t>(policy.counted_most);
  if (launches > most)
    return alpha;
  const auto spent_by = [&](std::size_t look) {
    const double share = static_cast<double>(look) / static_cast<double>(most);
    return alpha * share * share;
  };
  double spent = 0;
  for (auto look = static_cast<std::size_t>(policy.counted_launches); look < launches; ++look) {
    // A p value is a multiple of 1/assignments: only whole multiples below the boundary are spent.
    const auto assignments = static_cast<double>(combinations(baseline_launches + look, look));
    spent += std::floor((spent_by(look) - spent) * assignments + 1e-9) / assignments;
  }
  return spent_by(launches) - spent;
}

} // namespace bootperf
