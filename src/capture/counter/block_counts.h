#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "base/error.h"
#include "capture/counter/counter_page.h"
#include "capture/counter/page.h"

namespace bootperf {

/// The counts of each translated block of a guest, read while it runs or afterwards: what a profile
/// by function is made of, and what tells by which interrupts halts ended. Records are never moved
/// and never taken away, so two readings give the difference between two moments.
class BlockCounts {
public:
  /// A launch uses some 180,000; the file is sparse, so that those which are not used cost nothing.
  static constexpr std::uint64_t usual_capacity = 1u << 20;

  /// Makes the file, which must not exist. Errors are of kind io.
  static Result<BlockCounts> create(const std::filesystem::path &path,
                                    std::uint64_t capacity = usual_capacity);

  /// Opens a file that create() made. Errors are of kind io, or input when it is none.
  static Result<BlockCounts> open(const std::filesystem::path &path);

  BlockCounts(BlockCounts &&other) noexcept;
  BlockCounts &operator=(BlockCounts &&other) noexcept;
  ~BlockCounts();

  /// The records in use, as the page says that goes with the file. Valid as long as this object;
  /// their counts change while the guest runs.
  std::span<const BootperfBlock> all(const CounterPage &page) const;

private:
  BlockCounts(const BootperfBlock *records, std::uint64_t capacity)
      : records_(records), capacity_(capacity) {}
  const BootperfBlock *records_ = nullptr;
  std::uint64_t capacity_ = 0;
};

} // namespace bootperf
