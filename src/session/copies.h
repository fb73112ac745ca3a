#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"

namespace bootperf {

/// One launch that is held twice, in two sessions or twice in one: two values that agree by
/// themselves. Whatever it is called, a launch is known by its phases' times, to the nanosecond,
/// and counts, which no other launch has.

/// What tells a launch from every other one; none for a launch that failed or has no times.
std::optional<std::uint64_t> content_of(const Launch &launch);

/// That two different sessions hold one launch, as an error of this kind. Sessions of one id are
/// one session.
Result<void> refuse_shared_launches(const std::vector<Session> &sessions, ErrorKind kind);

} // namespace bootperf
