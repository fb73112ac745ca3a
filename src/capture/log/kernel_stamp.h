#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace bootperf {

/// Recognizes, byte by byte, the stamp that begins a kernel line on the console: "[    1.234567] "
/// or, with caller information, "[    1.234567][   T12] ".
class KernelStamp {
public:
  enum class State { partial, complete, failed };

  /// The longest stamp; a longer one fails.
  static constexpr std::size_t max_bytes = 48;

  /// Takes the next byte; the first one after a reset has to be '['.
  State next(char byte);
  void reset() { *this = KernelStamp{}; }

private:
  enum class Part { open, seconds, fraction, close, after, caller_pad, caller_digits };

  Part part_ = Part::open;
  std::size_t bytes_ = 0, width_ = 0, digits_ = 0;
};

/// A stamp found in a line.
struct FoundStamp {
  std::size_t at = 0;       ///< where its '[' stands
  std::int64_t time_ns = 0; ///< by the guest's clock
};

/// The first kernel stamp of a line, wherever it stands.
std::optional<FoundStamp> find_kernel_stamp(std::string_view line);

} // namespace bootperf
