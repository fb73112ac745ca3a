#include "phases/kernel_stamp.h"

namespace bootperf {

namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

} // namespace

KernelStamp::State KernelStamp::next(char byte) {
  constexpr auto partial = State::partial;
  if (++bytes_ > max_bytes)
    return State::failed;
  switch (part_) {
  case Part::open:
    part_ = Part::seconds;
    return byte == '[' ? partial : State::failed;
  case Part::seconds: // "%5lu": padded to five, so "[1.5]" of some program is no stamp
    if (byte == '.' && digits_ > 0 && width_ >= 5) {
      part_ = Part::fraction;
      digits_ = 0;
      return partial;
    }
    ++width_;
    if (is_digit(byte)) {
      ++digits_;
      return partial;
    }
    return byte == ' ' && digits_ == 0 ? partial : State::failed;
  case Part::fraction:
    if (!is_digit(byte))
      return State::failed;
    if (++digits_ == 6)
      part_ = Part::close;
    return partial;
  case Part::close:
    part_ = Part::after;
    return byte == ']' ? partial : State::failed;
  case Part::after:
    if (byte == ' ')
      return State::complete;
    part_ = Part::caller_pad;
    digits_ = 0;
    return byte == '[' ? partial : State::failed;
  case Part::caller_pad:
    if (byte == 'T' || byte == 'C') {
      part_ = Part::caller_digits;
      return partial;
    }
    return byte == ' ' ? partial : State::failed;
  case Part::caller_digits:
    if (is_digit(byte)) {
      ++digits_;
      return partial;
    }
    if (byte != ']' || digits_ == 0)
      return State::failed;
    // What follows is as after the stamp itself, but only the blank is left of it.
    part_ = Part::after;
    return partial;
  }
  return State::failed;
}

} // namespace bootperf
