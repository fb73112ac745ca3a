#pragma once

#include <cstddef>

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

} // namespace bootperf
