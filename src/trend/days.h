#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trend/history.h"

namespace bootperf {

/// The days on which sessions were made, and how steadily a class was among them. Nights are
/// ascending indexes into History::nights, and not empty.
class Days {
public:
  explicit Days(const History &history);

  /// Days at the end without any of these nights.
  std::size_t missed(const std::vector<std::uint32_t> &nights) const;
  /// The most days in a row that were without, between the last of these nights.
  std::size_t used_to_miss(const std::vector<std::uint32_t> &nights) const;

private:
  std::size_t count_ = 0;
  std::vector<std::size_t> of_night_;
};

} // namespace bootperf
