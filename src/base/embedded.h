#pragma once

#include <string_view>

namespace bootperf {

/// A file that was built into the program; bootperf_embed() in cmake/embed.cmake makes one.
struct Embedded {
  std::string_view text;
  std::string_view sha256; ///< of the text, as hexadecimal digits
};

} // namespace bootperf
