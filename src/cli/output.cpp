#include "cli/output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <unistd.h>

namespace bootperf {

Result<void> write_output(std::string_view text) {
  errno = 0;
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0 || written != text.size())
    return fail(ErrorKind::io,
                std::string("cannot write to standard output: ") + std::strerror(errno));
  return {};
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

TextStyle output_style() {
  return text_style(surroundings_of(STDOUT_FILENO));
}

} // namespace bootperf
