#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/session.h"
#include "verdict/baseline/machine_class.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// One phase in one session.
struct PhaseRecord {
  std::string phase;
  double mean = 0;   ///< of the logs of the launches' values (ns or instructions)
  double spread = 0; ///< standard deviation of these logs; 0 for a single launch
};

/// One scenario of a session by one metric.
struct ClassRecord {
  MachineClass machine_class;
  std::uint32_t launches = 0;
  std::vector<PhaseRecord> phases; ///< those measured in every launch, in order of their ids
};

/// What the trend keeps of a session. Texts are printable and bounded.
struct SessionRecord {
  std::string session; ///< its id
  std::string created; ///< ISO 8601, UTC
  std::string commit;
  std::string host;
  std::vector<ClassRecord> classes;
  std::vector<std::string> left_out; ///< scenarios without a value, and why, for people
};

/// Longest texts that a trend holds, in bytes.
inline constexpr std::size_t longest_trend_text = 512;

/// An error of kind not_measured when no scenario has launches that count, or too many of them
/// failed (policy.failed_launches); of kind input for an id or a time that cannot be kept.
Result<SessionRecord> record_of(const Session &session, const Policy &policy);

} // namespace bootperf
