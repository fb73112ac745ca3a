#include "statistics/assignments.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "statistics/random.h"

namespace bootperf {

std::uint64_t combinations(std::size_t n, std::size_t k) {
  if (k > n)
    return 0;
  k = std::min(k, n - k);
  std::uint64_t result = 1;
  for (std::size_t i = 1; i <= k; ++i) {
    // result · (n−k+i) / i stays whole; dividing by the common factor first keeps it in range.
    const std::uint64_t factor = n - k + i;
    const std::uint64_t common = std::gcd(result, std::uint64_t{i});
    const std::uint64_t rest = factor / (i / common);
    if (result / common > std::numeric_limits<std::uint64_t>::max() / rest)
      return std::numeric_limits<std::uint64_t>::max();
    result = result / common * rest;
  }
  return result;
}

AssignmentCount for_each_assignment(std::size_t n, std::size_t k, std::uint64_t seed,
                                    std::uint64_t most, const std::function<void(Chosen)> &visit) {
  if (k > n)
    return {.exact = true, .visited = 0};
  const std::uint64_t all = combinations(n, k);
  if (all <= most) {
    std::vector<std::size_t> chosen(k);
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    for (std::uint64_t i = 0; i < all; ++i) {
      visit(chosen);
      // The next combination: the last index that can still grow does, those behind it follow.
      std::size_t place = k;
      while (place > 0 && chosen[place - 1] == n - k + place - 1)
        --place;
      if (place == 0)
        break;
      ++chosen[place - 1];
      for (std::size_t later = place; later < k; ++later)
        chosen[later] = chosen[later - 1] + 1;
    }
    return {.exact = true, .visited = all};
  }
  Random random(seed);
  std::vector<std::size_t> deck(n);
  std::iota(deck.begin(), deck.end(), std::size_t{0});
  std::vector<std::size_t> chosen(k);
  for (std::uint64_t i = 0; i < most; ++i) {
    for (std::size_t place = 0; place < k; ++place)
      std::swap(deck[place], deck[place + random.below(n - place)]);
    std::copy_n(deck.begin(), k, chosen.begin());
    std::ranges::sort(chosen);
    visit(chosen);
  }
  return {.exact = false, .visited = most};
}

double permutation_p(std::uint64_t count, const AssignmentCount &assignments) {
  if (assignments.exact)
    return assignments.visited == 0
               ? 1.0
               : static_cast<double>(count) / static_cast<double>(assignments.visited);
  return static_cast<double>(1 + count) / static_cast<double>(1 + assignments.visited);
}

} // namespace bootperf
