#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/session.h"
#include "statistics/random.h"
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

/// Launches that play base and head of a comparison in which nothing was changed.
struct Draw {
  std::vector<PhaseValues> base, head;
};

/// As `bootperf compare` launches: neighbours in time as blocks, which of the two is base decided
/// by chance, sessions in random order, each launch at most once. Fewer blocks when the traces hold
/// fewer.
Draw draw_blocks(const Traces &traces, std::size_t blocks, Random &random);

/// As most gates launch: a batch of base, then a batch of head, from one place in the recording.
/// The place is drawn by chance; sessions are run together in the order they were made.
Draw draw_batches(const Traces &traces, std::size_t each, Random &random);

/// As a check against a committed baseline: head is a run of launches of one session, base is all
/// of the others. The session is drawn by chance.
Draw draw_held_out(const Traces &traces, std::size_t head, Random &random);

/// As a comparison of counted launches: neighbours in one session or in several, shuffled.
Draw draw_shuffled(const Traces &traces, std::size_t base, std::size_t head, Random &random);

} // namespace bootperf
