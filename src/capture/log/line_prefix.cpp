#include "capture/log/line_prefix.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "capture/log/console.h"
#include "capture/log/kernel_stamp.h"

namespace bootperf {

namespace {

constexpr std::size_t longest_prefix = 160;
// So many lines are looked at: a prefix is on all of them.
constexpr std::size_t most_samples = 20'000;

// Words that begin a line of a launch, whatever stands before them in a paste.
constexpr std::array<std::string_view, 2> sure_beginnings = {"libguestfs: ", "supermin: "};
constexpr std::array<std::string_view, 12> likely_beginnings = {
    "SeaBIOS (version",   "Linux version ", "Starting /init script",
    "+ mdadm ",           "+ udevadm ",     "+ ip addr ",
    "+ modprobe ",        "+ lvm ",         "+ mount ",
    "+ systemd-tmpfiles", "/init: ",        "commandrvf: "};

template <class Needles>
std::optional<std::size_t> first_of(std::string_view line, const Needles &needles) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view needle : needles) {
    first = std::min(first, line.find(needle));
  }
  return first == std::string_view::npos ? std::nullopt : std::optional(first);
}

// Where the line of a launch begins in this line of a paste.
std::optional<std::size_t> beginning_in(std::string_view line) {
  const auto words = first_of(line, sure_beginnings);
  const auto stamp = find_kernel_stamp(line);
  if (words && stamp) {
    return std::min(*words, stamp->at);
  }
  return words ? words : stamp ? std::optional(stamp->at) : std::nullopt;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool in_word(char c) {
  return is_letter(c) || is_digit(c);
}

std::size_t run_length(std::string_view text, bool (*belongs)(char)) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) -
                                  text.begin());
}

// Words that change within one log: months, days, how bad it is.
bool is_variable_word(std::string_view word) {
  constexpr std::array<std::string_view, 26> words = {
      "Jan", "Feb", "Mar", "Apr",  "May",   "Jun",  "Jul",   "Aug",    "Sep",
      "Oct", "Nov", "Dec", "Mon",  "Tue",   "Wed",  "Thu",   "Fri",    "Sat",
      "Sun", "AM",  "PM",  "INFO", "DEBUG", "WARN", "ERROR", "WARNING"};
  return std::find(words.begin(), words.end(), word) != words.end() ||
         std::any_of(word.begin(), word.end(), is_digit);
}

} // namespace

LinePrefixes::Shape LinePrefixes::shape_of(std::string_view prefix) {
  Shape shape;
  while (!prefix.empty()) {
    std::size_t length = run_length(prefix, is_digit);
    if (const std::size_t word = run_length(prefix, in_word); word > length) {
      const std::string_view text = prefix.substr(0, word);
      if (is_variable_word(text)) {
        shape.push_back({Token::Kind::word, ""});
      } else {
        shape.push_back({Token::Kind::exact, std::string(text)});
      }
      length = word;
    } else if (length > 0) {
      shape.push_back({Token::Kind::digits, ""});
    } else if (length = run_length(prefix, is_blank); length > 0) {
      // The last blanks are the prefix's; one more belongs to the line, which may be indented.
      const bool last = length == prefix.size();
      shape.push_back(last ? Token{Token::Kind::exact, std::string(prefix)}
                           : Token{Token::Kind::blanks, ""});
    } else {
      shape.push_back({Token::Kind::exact, std::string(prefix.substr(0, 1))});
      length = 1;
    }
    prefix.remove_prefix(length);
  }
  // Numbers are padded on the left.
  if (!shape.empty() && shape.front().kind == Token::Kind::digits) {
    shape.insert(shape.begin(), {Token::Kind::blanks, ""});
  }
  return shape;
}

std::string LinePrefixes::key_of(const Shape &shape) {
  std::string key;
  for (const Token &token : shape) {
    key += static_cast<char>('0' + static_cast<int>(token.kind));
    key += token.text;
    key += '\0';
  }
  return key;
}

// How much of the line has this shape, 0 when it has not. Editors take blanks off the ends of
// lines, so that an empty line's prefix is shorter.
std::size_t LinePrefixes::matched(const Shape &shape, std::string_view line) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const Token &token = shape[i];
    const std::string_view rest = line.substr(at);
    std::size_t length = 0;
    switch (token.kind) {
    case Token::Kind::digits:
      length = run_length(rest, is_digit);
      break;
    case Token::Kind::word:
      length = run_length(rest, in_word);
      break;
    case Token::Kind::blanks:
      length = run_length(rest, is_blank);
      if (length == 0 && i > 0) {
        return 0;
      }
      at += length;
      continue;
    case Token::Kind::exact:
      length = rest.starts_with(token.text) ? token.text.size() : 0;
      if (length == 0 && i + 1 == shape.size() && is_blank(token.text.front()) && i > 0 &&
          run_length(rest, is_blank) == rest.size()) {
        return line.size();
      }
      break;
    }
    if (length == 0) {
      return 0;
    }
    at += length;
  }
  return at;
}

LinePrefixes::LinePrefixes(std::span<const std::string> lines) {
  std::map<std::string, std::pair<std::size_t, Shape>> seen;
  std::size_t samples = 0;
  const auto sample = [&](auto &&find) {
    for (const std::string &line : lines) {
      if (samples >= most_samples) {
        break;
      }
      const std::string_view text(line);
      const std::optional<std::size_t> at = find(text);
      if (!at || *at > longest_prefix) {
        continue;
      }
      ++samples;
      Shape shape = shape_of(text.substr(0, *at));
      std::string key = key_of(shape);
      auto &known = seen[std::move(key)];
      ++known.first;
      known.second = std::move(shape);
    }
  };
  sample([](std::string_view line) { return beginning_in(line); });
  if (samples == 0) {
    sample([](std::string_view line) { return first_of(line, likely_beginnings); });
  }
  for (auto &[key, known] : seen) {
    auto &[count, shape] = known;
    const bool decoration = std::none_of(shape.begin(), shape.end(), [](const Token &token) {
      return token.kind == Token::Kind::word ||
             (!token.text.empty() && is_letter(token.text.front()));
    });
    // A word or two of the console before a message are no prefix; it would be on every line.
    const bool usual = count >= 2 && 10 * count >= samples;
    if (!shape.empty() && (usual || (decoration && samples <= 3))) {
      shapes_.push_back(std::move(shape));
    }
  }
  std::stable_sort(shapes_.begin(), shapes_.end(),
                   [](const Shape &a, const Shape &b) { return a.size() > b.size(); });
}

std::size_t LinePrefixes::length(std::string_view line) const {
  for (const Shape &shape : shapes_) {
    if (const std::size_t length = matched(shape, line); length > 0) {
      return length;
    }
  }
  return 0;
}

} // namespace bootperf
