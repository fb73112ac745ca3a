#include "report/text/paint.h"

#include <algorithm>

namespace bootperf {
namespace {

const char *code(Colour colour) {
  switch (colour) {
  case Colour::red:
    return "\033[1;31m";
  case Colour::green:
    return "\033[32m";
  case Colour::yellow:
    return "\033[33m";
  case Colour::blue:
    return "\033[34m";
  case Colour::magenta:
    return "\033[35m";
  case Colour::faint:
    return "\033[2m";
  case Colour::bold:
    return "\033[1m";
  case Colour::plain:
    break;
  }
  return "";
}

bool continues_a_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

std::string_view first_columns(std::string_view text, std::size_t count) {
  std::size_t end = 0;
  for (std::size_t taken = 0; end < text.size(); ++end) {
    if (!continues_a_character(text[end]) && taken++ == count)
      break;
  }
  return text.substr(0, end);
}

} // namespace

std::string paint(Colour colour, std::string_view text, const TextStyle &style) {
  if (!style.colour || colour == Colour::plain || text.empty())
    return std::string(text);
  return code(colour) + std::string(text) + "\033[0m";
}

std::size_t columns(std::string_view text) {
  return text.size() -
         static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_a_character));
}

std::string pad_right(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t taken = columns(text);
  return std::string(width > taken ? width - taken : 0, ' ') + std::string(text);
}

std::string elide(std::string_view text, std::size_t width, const TextStyle &style) {
  if (width == 0 || columns(text) <= width)
    return std::string(text);
  const std::string &ellipsis = glyphs(style).ellipsis;
  const std::size_t room = width - std::min(width, columns(ellipsis));
  return std::string(first_columns(text, room)) + ellipsis;
}

std::string elide_middle(std::string_view text, std::size_t width, const TextStyle &style) {
  const std::size_t all = columns(text);
  if (width == 0 || all <= width)
    return std::string(text);
  const std::string &ellipsis = glyphs(style).ellipsis;
  const std::size_t room = width - std::min(width, columns(ellipsis));
  const std::size_t before = room / 2;
  const std::size_t left_out = first_columns(text, all - (room - before)).size();
  return std::string(first_columns(text, before)) + ellipsis + std::string(text.substr(left_out));
}

std::string line(const std::vector<Segment> &segments, const TextStyle &style) {
  const auto is_blank = [](const Segment &segment) {
    return segment.text.find_first_not_of(' ') == std::string::npos;
  };
  const auto used = std::find_if_not(segments.rbegin(), segments.rend(), is_blank).base();
  std::string text;
  auto room = static_cast<std::size_t>(style.width);
  for (auto segment = segments.begin(); segment != used; ++segment) {
    std::string piece = segment->text;
    if (segment + 1 == used)
      piece.erase(piece.find_last_not_of(' ') + 1);
    if (style.width > 0 && columns(piece) > room) {
      text += paint(segment->colour, elide(piece, room, style), style);
      break;
    }
    room -= std::min(room, columns(piece));
    text += paint(segment->colour, piece, style);
    // A segment that filled the line to its last column leaves no room for an ellipsis.
    if (style.width > 0 && room == 0)
      break;
  }
  return text + '\n';
}

const Glyphs &glyphs(const TextStyle &style) {
  static const Glyphs utf8{"▲", "│", "▼", "±", "×", "→", " › ", "−", "…", "└ "};
  static const Glyphs ascii{"^", "|", "v", "+-", "x", "->", " > ", "-", "...", "- "};
  return style.utf8 ? utf8 : ascii;
}

} // namespace bootperf
