#pragma once

#include "bench/options.h"
#include "session/session.h"

namespace bootperf {

/// A session without launches: its id, time and seed, the commit of the repository around the
/// working directory, and what is known of the host.
Session new_session(const Options &options);

} // namespace bootperf
