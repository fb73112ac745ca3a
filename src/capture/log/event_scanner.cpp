#include "capture/log/event_scanner.h"

#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

namespace bootperf {

namespace {

using Kind = EventScan::Kind;

// A walk over one line. Every step says whether it succeeded; the first failure is kept.
class Scanner {
public:
  explicit Scanner(std::string_view line) : line_(line) {}

  EventScan scan(Event &event) {
    if (!take('{') || !read_key()) {
      return failure_;
    }
    if (key_ == "end") {
      return {Kind::end_line, "", 0};
    }
    while (read_value(event)) {
      skip_space();
      if (!at_end() && line_[at_] == ',') {
        ++at_;
        if (!read_key()) {
          return failure_;
        }
      } else if (take('}')) {
        return finish();
      } else {
        return failure_;
      }
    }
    return failure_;
  }

private:
  bool at_end() const { return at_ >= line_.size(); }

  bool wrong(std::string problem) {
    failure_ = {Kind::wrong, std::move(problem), at_ + 1};
    return false;
  }

  bool ran_out() {
    failure_ = {Kind::ran_out, "", line_.size() + 1};
    return false;
  }

  void skip_space() {
    while (!at_end() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r')) {
      ++at_;
    }
  }

  bool take(char wanted) {
    skip_space();
    if (at_end()) {
      return ran_out();
    }
    if (line_[at_] != wanted) {
      return wrong(fmt::format("expected '{}'", wanted));
    }
    ++at_;
    return true;
  }

  bool read_key() { return read_string(key_) && take(':'); }

  bool read_value(Event &event) {
    skip_space();
    if (at_end()) {
      return ran_out();
    }
    if (key_ == "t") {
      std::uint64_t t = 0;
      if (!once(has_t_) || !read_integer(std::numeric_limits<std::int64_t>::max(), t)) {
        return false;
      }
      event.t_ns = static_cast<std::int64_t>(t);
      return true;
    }
    if (key_ == "insn") {
      std::uint64_t count = 0;
      if (!once(has_instructions_) ||
          !read_integer(std::numeric_limits<std::uint64_t>::max(), count)) {
        return false;
      }
      event.instructions = count;
      return true;
    }
    for (std::size_t i = 0; i < stall_keys.size(); ++i) {
      if (key_ == stall_keys[i].in_event) {
        std::uint64_t value = 0;
        if (!once(has_stall_[i]) ||
            !read_integer(std::numeric_limits<std::int64_t>::max(), value)) {
          return false;
        }
        event.stalls.*stall_keys[i].value = value;
        return true;
      }
    }
    if (key_ == "src") {
      return once(has_source_) && read_source(event.source);
    }
    if (key_ == "msg") {
      return once(has_message_) && read_string(event.message);
    }
    return skip_plain_value();
  }

  bool once(bool &seen) {
    if (seen) {
      return wrong(fmt::format("duplicate key \"{}\"", key_));
    }
    seen = true;
    return true;
  }

  bool read_integer(std::uint64_t most, std::uint64_t &value) {
    const char *first = line_.data() + at_;
    const char *last = line_.data() + line_.size();
    const auto [end, error] = std::from_chars(first, last, value);
    const bool padded = end - first > 1 && *first == '0';
    const bool fraction = end != last && (*end == '.' || *end == 'e' || *end == 'E');
    if (error != std::errc() || padded || fraction || value > most) {
      return wrong(fmt::format("\"{}\": expected a whole number from 0 to {}", key_, most));
    }
    at_ += static_cast<std::size_t>(end - first);
    // Its last digits may be missing.
    return !at_end() || ran_out();
  }

  bool read_source(Source &source) {
    const std::size_t start = at_;
    if (!read_string(text_)) {
      return false;
    }
    const auto known = source_from_text(text_);
    if (!known) {
      at_ = start;
      return wrong(
          "\"src\": expected a kind of libguestfs event: close, subprocess_quit, "
          "launch_done, progress, appliance, library, trace, enter, libvirt_auth, warning");
    }
    source = *known;
    return true;
  }

  // Bytes 0–255 are written as U+0000–U+00FF.
  bool read_string(std::string &text) {
    text.clear();
    if (!take('"')) {
      return false;
    }
    while (!at_end()) {
      std::size_t plain = at_;
      while (plain < line_.size() && is_plain(line_[plain])) {
        ++plain;
      }
      text.append(line_.substr(at_, plain - at_));
      at_ = plain;
      if (at_end()) {
        break;
      }
      if (line_[at_] == '"') {
        ++at_;
        return true;
      }
      if (!(line_[at_] == '\\' ? read_escape(text) : read_high_byte(text))) {
        return false;
      }
    }
    return ran_out();
  }

  static bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
  }

  bool read_high_byte(std::string &text) {
    const auto first = static_cast<unsigned char>(line_[at_]);
    if (first < 0x20) {
      return wrong("control byte in a string: expected it escaped");
    }
    if (first != 0xC2 && first != 0xC3) {
      return wrong("expected characters up to U+00FF in UTF-8");
    }
    if (at_ + 1 == line_.size()) {
      return ran_out();
    }
    const auto second = static_cast<unsigned char>(line_[at_ + 1]);
    if ((second & 0xC0U) != 0x80U) {
      return wrong("expected UTF-8");
    }
    text += static_cast<char>(((first & 0x3U) << 6U) | (second & 0x3FU));
    at_ += 2;
    return true;
  }

  bool read_escape(std::string &text) {
    if (at_ + 1 == line_.size()) {
      return ran_out();
    }
    const char c = line_[at_ + 1];
    if (c == 'u') {
      return read_unicode_escape(text);
    }
    static constexpr std::string_view letters = "\"\\/bfnrt";
    static constexpr std::string_view bytes = "\"\\/\b\f\n\r\t";
    const auto index = letters.find(c);
    if (index == std::string_view::npos) {
      return wrong("not an escape sequence of JSON");
    }
    text += bytes[index];
    at_ += 2;
    return true;
  }

  bool read_unicode_escape(std::string &text) {
    const auto digits = line_.substr(at_ + 2, 4);
    unsigned value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (!digits.empty() && (error != std::errc() || end != digits.data() + digits.size())) {
      return wrong("expected four hexadecimal digits after \\u");
    }
    if (digits.size() < 4) {
      return ran_out();
    }
    if (value > 0xFF) {
      return wrong("expected characters up to U+00FF: one stands for one byte");
    }
    text += static_cast<char>(value);
    at_ += 6;
    return true;
  }

  // A value of a key from some later writer: string, number, true, false or null.
  bool skip_plain_value() {
    if (line_[at_] != '"') {
      const auto end = line_.find_first_not_of("+-.0123456789abcdefghijklmnopqrstuvwxyzE", at_);
      if (end == at_) {
        return wrong("expected a string or a number");
      }
      at_ = std::min(end, line_.size());
      return !at_end() || ran_out();
    }
    for (++at_; !at_end(); ++at_) {
      if (line_[at_] == '"') {
        ++at_;
        return true;
      }
      at_ += line_[at_] == '\\' ? 1 : 0;
    }
    return ran_out();
  }

  EventScan finish() {
    skip_space();
    if (!at_end()) {
      wrong("expected the end of the line after '}'");
      return failure_;
    }
    if (!has_t_ || !has_source_ || !has_message_) {
      at_ = 0;
      wrong("expected an event with \"t\", \"src\" and \"msg\"");
      return failure_;
    }
    return {Kind::event, "", 0};
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::string key_, text_;
  bool has_t_ = false, has_source_ = false, has_message_ = false, has_instructions_ = false;
  std::array<bool, stall_keys.size()> has_stall_ = {};
  EventScan failure_;
};

} // namespace

EventScan scan_event(std::string_view line, Event &event) {
  return Scanner(line).scan(event);
}

} // namespace bootperf
