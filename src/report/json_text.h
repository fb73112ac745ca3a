#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace bootperf {

/// A JSON document as text with a newline at its end: ASCII only, so that no byte of a console
/// can do anything to the terminal it is printed on.
std::string json_text(const nlohmann::ordered_json &document);

} // namespace bootperf
