#include "trend/days.h"

#include <algorithm>

namespace bootperf {
namespace {

constexpr std::size_t date = 10; // "2024-05-01"
// An outage that is longer ago than this is no habit.
constexpr std::size_t remembered = 14;

} // namespace

Days::Days(const History &history) {
  const Night *before = nullptr;
  for (const Night &night : history.nights) {
    if (before == nullptr || before->created.substr(0, date) != night.created.substr(0, date))
      ++count_;
    of_night_.push_back(count_ - 1);
    before = &night;
  }
}

std::size_t Days::missed(const std::vector<std::uint32_t> &nights) const {
  return count_ - 1 - of_night_[nights.back()];
}

std::size_t Days::used_to_miss(const std::vector<std::uint32_t> &nights) const {
  std::size_t most = 0;
  for (std::size_t i = std::max(nights.size(), remembered) - remembered + 1; i < nights.size(); ++i)
    if (const std::size_t days = of_night_[nights[i]] - of_night_[nights[i - 1]]; days > 0)
      most = std::max(most, days - 1);
  return most;
}

} // namespace bootperf
