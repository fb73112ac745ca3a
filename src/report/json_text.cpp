#include "report/json_text.h"

#include <nlohmann/json.hpp>

namespace bootperf {

std::string json_text(const nlohmann::ordered_json &document) {
  using nlohmann::ordered_json;
  std::string text;
  for (const char byte : document.dump(2, ' ', true, ordered_json::error_handler_t::replace)) {
    if (byte == '\x7f') // the one control byte that JSON lets pass
      text += "\\u007f";
    else
      text += byte;
  }
  return text + '\n';
}

} // namespace bootperf
