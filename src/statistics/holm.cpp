#include "statistics/holm.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace bootperf {

std::vector<double> holm_adjusted(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t place = 0; place < order.size(); ++place) {
    const double multiplied = static_cast<double>(p.size() - place) * p[order[place]];
    largest = std::max(largest, std::min(1.0, multiplied));
    adjusted[order[place]] = largest;
  }
  return adjusted;
}

} // namespace bootperf
