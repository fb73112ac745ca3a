#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/session.h"
#include "verdict/policy/policy.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// Recorded launches of one scenario, session by session in the order they were made. Nothing was
/// changed between them, so every regression that a rule finds in them is a false alarm.
struct Traces {
  std::string scenario, mode;
  Metric metric = Metric::wall;
  std::vector<std::vector<PhaseValues>> sessions;

  std::size_t launches() const;
};

/// The samples of a scenario in these sessions, of all subjects. Not measured when no session has
/// at least two of them.
Result<Traces> traces_of(const std::vector<Session> &sessions, const std::string &scenario,
                         Metric metric);

/// The gates that name a phase which every launch of the traces has, with the phase's id.
struct TracedGate {
  std::string phase; ///< id
  Gate gate;
  double spread = 0; ///< coefficient of variation within sessions, pooled
};
std::vector<TracedGate> traced_gates(const Traces &traces, const Policy &policy);

/// A launch with one phase slower by a share of its own value; what contains the phase takes as
/// much longer. 0.1 is 10 % slower.
PhaseValues slowed(const PhaseValues &launch, const std::string &phase, double share);

} // namespace bootperf
