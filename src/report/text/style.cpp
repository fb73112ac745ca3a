#include "report/text/style.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace bootperf {
namespace {

constexpr int most_columns = 10'000;

const char *const names[] = {"NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "COLUMNS"};

std::string value(const Surroundings &surroundings, const std::string &name) {
  return text_under(surroundings.environment, name);
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

// 0 where it is no number of columns.
int columns_named(const Surroundings &surroundings) {
  const std::string named = value(surroundings, "COLUMNS");
  int columns = 0;
  const auto [end, error] = std::from_chars(named.data(), named.data() + named.size(), columns);
  const bool whole = error == std::errc() && end == named.data() + named.size();
  return whole ? std::clamp(columns, 0, most_columns) : 0;
}

} // namespace

TextStyle text_style(const Surroundings &surroundings) {
  TextStyle style;
  style.colour = surroundings.terminal && value(surroundings, "NO_COLOR").empty() &&
                 value(surroundings, "TERM") != "dumb";
  style.utf8 = names_utf8(locale(surroundings));
  if (surroundings.terminal)
    style.width = std::max(0, surroundings.columns);
  else if (surroundings.pipe)
    style.width = columns_named(surroundings);
  return style;
}

Surroundings surroundings_of(int file_descriptor) {
  Surroundings surroundings;
  surroundings.terminal = isatty(file_descriptor) == 1;
  struct stat file{};
  surroundings.pipe = fstat(file_descriptor, &file) == 0 && S_ISFIFO(file.st_mode);
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
