#include "report/text/escape.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

std::string csv_record(const std::vector<std::string> &fields) {
  std::string text;
  const char *separator = "";
  for (const std::string &field : fields) {
    text += separator + csv_field(field);
    separator = ",";
  }
  return text + "\r\n";
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

std::string json_text(const nlohmann::ordered_json &document) {
  using nlohmann::ordered_json;
  return printable_json(document.dump(2, ' ', true, ordered_json::error_handler_t::replace)) + '\n';
}

} // namespace bootperf
