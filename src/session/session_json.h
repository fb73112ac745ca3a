#pragma once

#include "base/strict_json.h"
#include "session/session.h"

namespace bootperf {

/// The session that a value of a document is: alone, or in a set.
Session session_from(JsonValue value, std::optional<JsonProblem> &problem);

/// Whether a document is a set of sessions rather than one.
bool is_session_set(JsonValue document);

} // namespace bootperf
