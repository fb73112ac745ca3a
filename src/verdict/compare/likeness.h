#pragma once

// Whether base and head were launched alike: what differs between them, and is not what is
// compared, decides nothing and spoils everything.

#include <string>
#include <string_view>

#include "session/session.h"
#include "verdict/policy/policy.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// Why base and head of a scenario cannot be compared by this metric, or "": their machine classes
/// differ (another CPU model, one of them fell back to TCG, another qemu, kernel, …) in what
/// neither the policy calls the subject nor a variable that differs between them names.
std::string unlike_reason(const Session &session, const std::string &scenario, Metric metric,
                          const Policy &policy);

/// Whether a variable of a subject's environment may change a key of its machine class.
bool may_change(std::string_view variable, std::string_view key);

} // namespace bootperf
