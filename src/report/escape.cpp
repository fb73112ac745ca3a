#include "report/escape.h"

#include "base/text.h"

namespace bootperf {

std::string markdown(std::string_view text) {
  std::string safe;
  for (const char byte : printable(text)) {
    switch (byte) {
    case '&':
      safe += "&amp;";
      break;
    case '<':
      safe += "&lt;";
      break;
    case '>':
      safe += "&gt;";
      break;
    case '@': // a mention would notify somebody
      safe += "&#64;";
      break;
    case ':': // "https://…" would become a link, "::" a command
      safe += "&#58;";
      break;
    case '\\':
    case '`':
    case '*':
    case '_':
    case '{':
    case '}':
    case '[':
    case ']':
    case '#':
    case '|':
    case '!':
    case '~':
    case '$':
      safe += '\\';
      safe += byte;
      break;
    default:
      safe += byte;
    }
  }
  return safe;
}

std::string csv_field(std::string_view text) {
  std::string safe = printable(text);
  if (safe.find_first_of(",\"\r\n") == std::string::npos)
    return safe;
  std::string quoted = "\"";
  for (const char byte : safe) {
    if (byte == '"')
      quoted += '"';
    quoted += byte;
  }
  return quoted + '"';
}

} // namespace bootperf
