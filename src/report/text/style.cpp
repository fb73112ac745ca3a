#include "report/text/style.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace bootperf {
namespace {

const char *const names[] = {"NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG"};

std::string value(const Surroundings &surroundings, const std::string &name) {
  const auto found = surroundings.environment.find(name);
  return found == surroundings.environment.end() ? "" : found->second;
}

bool names_utf8(std::string locale) {
  std::transform(locale.begin(), locale.end(), locale.begin(),
                 [](unsigned char byte) { return static_cast<char>(std::tolower(byte)); });
  return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
}

// The order in which POSIX asks them.
std::string locale(const Surroundings &surroundings) {
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (const std::string found = value(surroundings, name); !found.empty())
      return found;
  }
  return "C";
}

} // namespace

TextStyle text_style(const Surroundings &surroundings) {
  TextStyle style;
  style.colour = surroundings.terminal && value(surroundings, "NO_COLOR").empty() &&
                 value(surroundings, "TERM") != "dumb";
  style.utf8 = names_utf8(locale(surroundings));
  style.width = surroundings.terminal ? std::max(0, surroundings.columns) : 0;
  return style;
}

Surroundings surroundings_of(int file_descriptor) {
  Surroundings surroundings;
  surroundings.terminal = isatty(file_descriptor) == 1;
  winsize size{};
  if (surroundings.terminal && ioctl(file_descriptor, TIOCGWINSZ, &size) == 0)
    surroundings.columns = size.ws_col;
  for (const char *name : names) {
    if (const char *found = std::getenv(name))
      surroundings.environment[name] = found;
  }
  return surroundings;
}

} // namespace bootperf
