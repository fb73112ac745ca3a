#include "capture/log/kernel_stamp.h"

#include <algorithm>
#include <charconv>

#include "capture/log/console.h"

namespace bootperf {

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

namespace {

// "[    1.234567] " as nanoseconds; a number of seconds that no kernel counts to is none.
std::optional<std::int64_t> time_of(std::string_view stamp) {
  const std::size_t digit = stamp.find_first_of("0123456789");
  const std::size_t dot = stamp.find('.');
  std::int64_t seconds = 0;
  std::int64_t micros = 0;
  constexpr std::int64_t most_seconds = 1'000'000'000;
  const auto whole = std::from_chars(stamp.data() + digit, stamp.data() + dot, seconds);
  std::from_chars(stamp.data() + dot + 1, stamp.data() + stamp.size(), micros);
  if (whole.ec != std::errc() || seconds > most_seconds)
    return std::nullopt;
  return seconds * 1'000'000'000 + micros * 1'000;
}

} // namespace

std::optional<FoundStamp> find_kernel_stamp(std::string_view line) {
  for (std::size_t at = line.find('['); at != std::string_view::npos; at = line.find('[', at + 1)) {
    KernelStamp stamp;
    const std::size_t end = std::min(line.size(), at + KernelStamp::max_bytes);
    for (std::size_t i = at; i < end; ++i) {
      const KernelStamp::State state = stamp.next(line[i]);
      if (state == KernelStamp::State::failed)
        break;
      if (state != KernelStamp::State::complete)
        continue;
      if (const auto time = time_of(line.substr(at, i - at)))
        return FoundStamp{at, *time};
      break;
    }
  }
  return std::nullopt;
}

} // namespace bootperf
