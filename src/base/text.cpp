#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace bootperf {

namespace {

// Longer words are no flags or phase names; the distance is quadratic.
constexpr std::size_t longest_word = 200;

// Edit distance in which exchanging two neighbours counts as one edit: "shwo" is near "show".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    d[i][0] = i;
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    d[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

} // namespace

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = longest_word;
  if (word.size() > longest_word) {
    return best;
  }
  for (const auto &candidate : candidates) {
    if (candidate.size() > longest_word) {
      continue;
    }
    const std::size_t distance = edit_distance(word, candidate);
    const bool near = distance * 3 <= std::max(word.size(), candidate.size());
    if (near && distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string duration_text(std::int64_t nanoseconds) {
  const double ns = static_cast<double>(nanoseconds);
  const double magnitude = std::abs(ns);
  // The limits are where rounding would show a fourth digit before the point.
  if (magnitude < 999.5) {
    return fmt::format("{:.0f} ns", ns);
  }
  if (magnitude < 999.5e3) {
    return fmt::format("{:.0f} us", ns / 1e3);
  }
  if (magnitude < 999.95e6) {
    return fmt::format("{:.1f} ms", ns / 1e6);
  }
  return fmt::format("{:.2f} s", ns / 1e9);
}

std::string count_text(double count) {
  static constexpr std::array suffixes = {"", " k", " M", " G", " T", " P"};
  std::size_t power = 0;
  while (std::abs(count) >= 999.95 && power + 1 < suffixes.size()) {
    count /= 1000;
    ++power;
  }
  if (power == 0) {
    return fmt::format("{:.0f}", count);
  }
  const double magnitude = std::abs(count);
  const int decimals = magnitude < 9.9995 ? 3 : magnitude < 99.995 ? 2 : 1;
  return fmt::format("{:.{}f}{}", count, decimals, suffixes[power]);
}

} // namespace bootperf
