#include "capture/facts/worker_facts.h"

#include <sstream>

#include <nlohmann/json.hpp>

namespace bootperf {

using Json = nlohmann::json;

std::string facts_line(const WorkerFacts &facts) {
  return Json(facts).dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

WorkerFacts parse_facts(std::string_view text) {
  WorkerFacts facts;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) {
      continue;
    }
    for (const auto &[key, value] : object.items()) {
      if (value.is_string()) {
        facts[key] = value.get<std::string>();
      }
    }
  }
  return facts;
}

} // namespace bootperf
