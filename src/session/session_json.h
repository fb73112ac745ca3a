#pragma once

#include <nlohmann/json.hpp>

#include "base/strict_json.h"
#include "session/session.h"

namespace bootperf {

/// What a session file or a set of sessions may hold, unpacked.
inline constexpr std::size_t max_session_bytes = std::size_t{256} << 20;

/// The session that stands at `path` of a document: alone, or in a set.
Session session_from(const nlohmann::json &value, const JsonPath &path,
                     std::optional<JsonProblem> &problem);

} // namespace bootperf
