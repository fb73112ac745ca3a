#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text/style.h"

namespace bootperf {

enum class Colour { plain, red, green, yellow, blue, magenta, faint, bold };

/// The text in a colour, or as it is where the style has none.
std::string paint(Colour colour, std::string_view text, const TextStyle &style);

/// Code points of a valid UTF-8 text: the columns it takes, wide characters aside.
std::size_t columns(std::string_view text);

/// Filled up with blanks to a width, on its right or on its left.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

/// At most so many columns, the end replaced by an ellipsis where it is longer; 0 is no limit.
std::string elide(std::string_view text, std::size_t width, const TextStyle &style);

/// The same with the ellipsis in the middle: of a name both ends tell.
std::string elide_middle(std::string_view text, std::size_t width, const TextStyle &style);

/// A piece of a line.
struct Segment {
  Colour colour = Colour::plain;
  std::string text;
};

/// One line of text with its newline, cut to the style's width, without blanks at its end.
std::string line(const std::vector<Segment> &segments, const TextStyle &style);

/// The characters that differ between UTF-8 and ASCII.
struct Glyphs {
  std::string begin, through, end; ///< of a phase, in the columns of the timeline
  std::string plus_minus, times, arrow, below, minus, ellipsis, branch;
};

const Glyphs &glyphs(const TextStyle &style);

} // namespace bootperf
