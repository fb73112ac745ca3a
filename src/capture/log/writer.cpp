#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "capture/log/boot_log.h"

namespace bootperf {

namespace {

using OrderedJson = nlohmann::ordered_json;

// What the environment says may hold any bytes: those that are no UTF-8 are replaced.
std::string line_of(const OrderedJson &object) {
  return object.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + '\n';
}

void append_escaped(std::string &line, unsigned char byte) {
  static constexpr char digits[] = "0123456789abcdef";
  if (byte == '"' || byte == '\\') {
    line += '\\';
    line += static_cast<char>(byte);
  } else if (byte == '\n') {
    line += "\\n";
  } else if (byte == '\r') {
    line += "\\r";
  } else if (byte < 0x20 || byte == 0x7F) {
    line += "\\u00";
    line += digits[byte >> 4U];
    line += digits[byte & 0xFU];
  } else if (byte < 0x80) {
    line += static_cast<char>(byte);
  } else {
    // Byte N is the character U+00NN.
    line += static_cast<char>(0xC0U | (byte >> 6U));
    line += static_cast<char>(0x80U | (byte & 0x3FU));
  }
}

} // namespace

std::string header_line(const std::map<std::string, std::string> &environment) {
  OrderedJson header = {{"bootlog", 1}};
  for (const auto &[key, value] : environment) {
    if (key != "bootlog") {
      header[key] = value;
    }
  }
  return line_of(header);
}

std::string event_line(const Event &event) {
  std::string line = "{\"t\": " + std::to_string(event.t_ns) + ", \"src\": \"";
  line += to_text(event.source);
  line += "\", \"msg\": \"";
  line.reserve(line.size() + event.message.size() + event.message.size() / 4 + 32);
  for (const char c : event.message) {
    append_escaped(line, static_cast<unsigned char>(c));
  }
  line += '"';
  if (event.instructions) {
    line += ", \"insn\": " + std::to_string(*event.instructions);
  }
  for (const auto &key : stall_keys) {
    if (const auto &value = event.stalls.*key.value) {
      line += fmt::format(", \"{}\": {}", key.in_event, *value);
    }
  }
  line += "}\n";
  return line;
}

std::string end_line(const LaunchEnd &end) {
  OrderedJson object = {{"outcome", end.ok ? "ok" : "failed"}};
  if (!end.ok) {
    object["reason"] = end.reason;
  }
  if (end.host_cpu_ns) {
    object["host_cpu_ns"] = *end.host_cpu_ns;
  }
  if (end.peak_memory_bytes) {
    object["peak_memory_bytes"] = *end.peak_memory_bytes;
  }
  if (end.appliance_rebuilt) {
    object["appliance_rebuilt"] = *end.appliance_rebuilt;
  }
  if (!end.environment.empty()) {
    object["environment"] = end.environment;
  }
  return line_of({{"end", object}});
}

} // namespace bootperf
