#pragma once

#include <map>
#include <string>

#include "session/session.h"

namespace bootperf {

/// A session without launches: its id, time and seed, the commit of the repository around the
/// working directory, and what is known of the host. environment names
/// the subject.
Session new_session(const std::map<std::string, std::string> &environment);

} // namespace bootperf
