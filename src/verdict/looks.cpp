#include "verdict/looks.h"

#include <algorithm>
#include <cmath>

#include "statistics/assignments.h"
#include "statistics/spending.h"

namespace bootperf {
namespace {

constexpr std::size_t first_block_look = 10;
constexpr std::size_t last_close_look = 16; // up to here every second block

} // namespace

double alpha_at_last(double alpha, std::span<const Look> looks, std::size_t most_head) {
  double spent = 0;
  for (const Look &look : looks.first(looks.size() - 1)) {
    // A p value is a multiple of 1/assignments: only whole multiples below the
    // boundary are spent.
    const auto assignments = static_cast<double>(combinations(look.base + look.head, look.head));
    const double allowed = spent_alpha(alpha, look.head, most_head) - spent;
    spent += std::floor(allowed * assignments + 1e-9) / assignments;
  }
  return spent_alpha(alpha, looks.back().head, most_head) - spent;
}

double alpha_at_look(double alpha, const Policy &policy, std::size_t baseline_launches,
                     std::size_t launches) {
  const auto most = static_cast<std::size_t>(policy.counted_most);
  if (launches > most)
    return alpha;
  std::vector<Look> looks;
  for (auto head = static_cast<std::size_t>(policy.counted_launches); head < launches; ++head)
    looks.push_back({baseline_launches, head});
  looks.push_back({baseline_launches, launches});
  return alpha_at_last(alpha, looks, most);
}

Look all_counted_rounds() {
  Look all;
  for (const Look &round : counted_rounds)
    all = {all.base + round.base, all.head + round.head};
  return all;
}

std::vector<Look> counted_looks(std::size_t head) {
  std::vector<Look> looks;
  Look so_far;
  for (const Look &round : counted_rounds) {
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

} // namespace bootperf
