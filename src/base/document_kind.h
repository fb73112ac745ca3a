#pragma once

#include <string>

#include "base/strict_json.h"

namespace bootperf {

/// What a JSON document is, for people who gave it in the place of another: "a profile", "a
/// session", "a set of sessions", "Google Benchmark's output"; "" when it is none of these.
std::string document_kind(JsonValue document);

} // namespace bootperf
