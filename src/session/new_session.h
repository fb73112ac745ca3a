#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "base/clock.h"
#include "session/session.h"

namespace bootperf {

/// A session without launches: its id, time and seed, the commit of the repository around the
/// working directory, and what is known of the host. environment names
/// the subject.
Session new_session(const std::map<std::string, std::string> &environment);

/// "20261122T204246Z-1a2b3c4d": ids sort by time, and two machines that start in the same second
/// still differ by the random part.
std::string session_id(std::chrono::system_clock::time_point when, std::uint64_t random);

/// A seed from the operating system, below 2^53 so that every JSON reader keeps it exactly.
std::uint64_t fresh_seed();

} // namespace bootperf
