#include "capture/log/pasted_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::size_t longest_kept = 64u * 1024;
// A report quoted in a report quoted in a report.
constexpr int most_quotations = 3;

std::size_t occurrences(std::string_view text, std::string_view needle) {
  std::size_t count = 0;
  for (std::size_t at = text.find(needle); at != std::string_view::npos;
       at = text.find(needle, at + needle.size())) {
    ++count;
  }
  return count;
}

// libguestfs spells out newlines inside its own messages (the XML for libvirt), so what counts is
// whether its lines begin behind a real newline or behind one that is spelled out.
bool newlines_are_spelled_out(std::string_view text) {
  constexpr std::array<std::string_view, 4> beginnings = {"libguestfs: ", "supermin: ", "[    ",
                                                          "+ "};
  std::size_t spelled = 0;
  std::size_t real = 0;
  for (const auto beginning : beginnings) {
    spelled += occurrences(text, "\\n" + std::string(beginning));
    real += occurrences(text, "\n" + std::string(beginning));
  }
  return spelled >= 2 && spelled > real;
}

void append_utf8(std::string &text, unsigned code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    text += static_cast<char>(0xE0U | (code >> 12U));
    text += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    text += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// At most that many hexadecimal digits; how many were taken is returned, 0 for none.
std::size_t hex_value(std::string_view digits, std::size_t most, unsigned &value) {
  digits = digits.substr(0, most);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return error == std::errc() ? static_cast<std::size_t>(end - digits.data()) : 0;
}

/// Which escapes of C stand for their bytes.
enum class Escapes {
  console, ///< libguestfs prints the console's newlines as they are
  all,
};

// Takes the escape at the front of the text, which begins with a backslash: how long it is, 0 for
// none.
std::size_t take_escape(std::string_view text, Escapes escapes, std::string &bytes) {
  if (text.size() < 2) {
    return 0;
  }
  const char letter = text[1];
  unsigned value = 0;
  if (letter == 'x') {
    const std::size_t digits = hex_value(text.substr(2), 2, value);
    if (digits > 0) {
      bytes += static_cast<char>(value);
      return 2 + digits;
    }
    return 0;
  }
  if (letter == 'u' && hex_value(text.substr(2), 4, value) == 4) {
    append_utf8(bytes, value);
    return 6;
  }
  if (text.starts_with("\\033")) {
    bytes += '\x1b';
    return 4;
  }
  if (text.starts_with("\\e[")) {
    bytes += '\x1b';
    return 2;
  }
  static constexpr std::string_view letters = "tabfv0nr\"\\/";
  static constexpr std::string_view meanings("\t\a\b\f\v\0\n\r\"\\/", 11);
  const std::size_t limit = escapes == Escapes::all ? letters.size() : 6;
  const std::size_t index = letters.substr(0, limit).find(letter);
  if (index == std::string_view::npos) {
    return 0;
  }
  bytes += meanings[index];
  return 2;
}

std::string without_escapes(std::string_view text, Escapes escapes) {
  std::string bytes;
  bytes.reserve(text.size());
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    bytes += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) {
      break;
    }
    const std::size_t taken = take_escape(text, escapes, bytes);
    if (taken == 0) {
      bytes += '\\';
    }
    text.remove_prefix(std::max<std::size_t>(taken, 1));
  }
  return bytes;
}

// The quotation marks around what was one string.
std::string_view without_quotation_marks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text[first] != '"') {
    return text;
  }
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  text = text.substr(first + 1, last - first - (text[last] == '"' ? 1 : 0));
  return text;
}

// The text of a key: a string, or, as journald writes what is no UTF-8, an array of bytes.
std::optional<std::string> text_at(const nlohmann::json &object, const char *key) {
  const auto found = object.find(key);
  if (found == object.end()) {
    return std::nullopt;
  }
  if (found->is_string()) {
    return found->get<std::string>();
  }
  const auto is_byte = [](const nlohmann::json &value) {
    return value.is_number_unsigned() && value.get<std::uint64_t>() <= 0xFF;
  };
  if (!found->is_array() || !std::all_of(found->begin(), found->end(), is_byte)) {
    return std::nullopt;
  }
  std::string bytes;
  for (const nlohmann::json &value : *found) {
    bytes += static_cast<char>(value.get<std::uint64_t>());
  }
  return bytes;
}

// A line of a log of JSON objects: when, a blank, and the text; none when it is no such line.
std::optional<std::string> line_of_object(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos || line[first] != '{') {
    return std::nullopt;
  }
  const auto object = nlohmann::json::parse(line, nullptr, false);
  if (!object.is_object()) {
    return std::nullopt;
  }
  const auto first_of = [&](std::initializer_list<const char *> keys) {
    std::optional<std::string> text;
    for (const char *key : keys) {
      if (!text) {
        text = text_at(object, key);
      }
    }
    return text;
  };
  const auto text = first_of({"log", "message", "msg", "MESSAGE"});
  if (!text) {
    return std::nullopt;
  }
  // journald's are microseconds since 1970; the first of the two is when the line was written, the
  // other when it was received.
  const auto time = first_of({"time", "timestamp", "@timestamp", "ts", "_SOURCE_REALTIME_TIMESTAMP",
                              "__REALTIME_TIMESTAMP"});
  std::string result = time ? *time + ' ' : "";
  result += *text;
  while (!result.empty() && (result.back() == '\n' || result.back() == '\r')) {
    result.pop_back();
  }
  return result;
}

// "ESC [ 1 ; 31 m", "ESC [ K": nothing of a boot is in them.
std::string without_colours(std::string text) {
  std::string bytes;
  std::size_t from = 0;
  for (std::size_t at = text.find("\x1b["); at != std::string::npos; at = text.find("\x1b[", at)) {
    const std::size_t end = text.find_first_not_of("0123456789;", at + 2);
    if (end != std::string::npos && (text[end] == 'm' || text[end] == 'K')) {
      bytes += text.substr(from, at - from);
      from = end + 1;
      at = from;
    } else {
      at += 2;
    }
  }
  if (from == 0) {
    return text;
  }
  return bytes + text.substr(from);
}

void split_into(std::vector<std::string> &lines, std::string_view text, std::size_t most) {
  while (!text.empty() && lines.size() <= most) {
    std::string_view line = take_line(text);
    // A carriage return, also as cat -v and editors show it.
    while (line.ends_with('\r') || line.ends_with("^M")) {
      line.remove_suffix(line.back() == 'M' ? 2 : 1);
    }
    lines.push_back(without_colours(std::string(line.substr(0, longest_kept))));
  }
}

} // namespace

std::vector<std::string> pasted_lines(std::string_view text, std::size_t most) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  std::string decoded;
  for (int i = 0; i < most_quotations && newlines_are_spelled_out(text); ++i) {
    decoded = without_escapes(without_quotation_marks(text), Escapes::all);
    text = decoded;
  }
  std::vector<std::string> lines;
  split_into(lines, text, most);
  for (std::string &line : lines) {
    if (auto inside = line_of_object(line)) {
      line = std::move(*inside);
    }
  }
  return lines;
}

namespace {

// ESC as pagers and forms write it, and where nothing but the rest of the sequence was left of it.
std::string with_escape_bytes(std::string_view text) {
  constexpr std::array<std::string_view, 2> signs = {"\xE2\x90\x9B", "\xEF\xBF\xBD"};
  std::string bytes;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("^[[") || rest.starts_with("^[c")) {
      bytes += '\x1b';
      i += 2;
      continue;
    }
    const auto *sign = std::find_if(signs.begin(), signs.end(),
                                    [&](std::string_view one) { return rest.starts_with(one); });
    if (sign != signs.end() && rest.substr(sign->size()).starts_with("[")) {
      bytes += '\x1b';
      i += sign->size();
      continue;
    }
    const bool bare = rest.starts_with("[2J") || rest.starts_with("[?7l");
    if (bare && (bytes.empty() || bytes.back() != '\x1b')) {
      bytes += '\x1b';
    }
    bytes += text[i++];
  }
  return bytes;
}

} // namespace

std::string console_bytes(std::string_view line) {
  return without_colours(with_escape_bytes(without_escapes(line, Escapes::console)));
}

std::string message_bytes(std::string_view line) {
  return without_colours(without_escapes(line, Escapes::all));
}

} // namespace bootperf
