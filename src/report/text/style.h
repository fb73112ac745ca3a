#pragma once

#include <map>
#include <string>

namespace bootperf {

/// How text may look where it is going to be read.
struct TextStyle {
  bool colour = false;
  bool utf8 = false; ///< else ASCII only
  int width = 0;     ///< columns a line may take; 0: any number
};

/// Of what is written into files: no colour, UTF-8, lines of any length.
inline constexpr TextStyle file_style{false, true, 0};

/// What decides it, passed in so that the decision is pure.
struct Surroundings {
  bool terminal = false; ///< the output goes to one
  bool pipe = false;     ///< or into another program
  int columns = 0;       ///< of the terminal; 0: not known
  std::map<std::string, std::string> environment;
};

/// Colour on a terminal only, unless NO_COLOR is set to anything (no-color.org) or TERM is dumb.
/// UTF-8 where the first of LC_ALL, LC_CTYPE, LANG that is set says so. The width is the
/// terminal's; of a pipe, whose other end may be a pager, it is COLUMNS where that is set. Output
/// that goes into a file is as wide as it likes.
TextStyle text_style(const Surroundings &surroundings);

/// Looks at the process: the file descriptor and the environment.
Surroundings surroundings_of(int file_descriptor);

} // namespace bootperf
