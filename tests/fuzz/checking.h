#pragma once

// A session against baselines, as the targets of both do it.

#include <vector>

#include "fuzz/promises.h"
#include "verdict/synthetic.h"

namespace bootperf::fuzz {

/// Checks a session and what the report of it promises. Few permutations, to be fast.
inline void require_good_check(const Session &session, const std::vector<Baseline> &baselines,
                               const Policy &policy) {
  CheckOptions options;
  options.max_assignments = 100;
  require_good(check_session(session, baselines, policy, options));
}

/// A session of three counted launches that add up.
inline const Session &example_session() {
  static const Session session = synthetic::session("example", "counted", 3);
  return session;
}

/// What it was like before: 25 launches, so that three can pass.
inline const Baseline &example_baseline() {
  static const Baseline baseline =
      synthetic::baseline({synthetic::session("before", "counted", 25)}, "Launch/counted",
                          Metric::instructions, synthetic::policy());
  return baseline;
}

} // namespace bootperf::fuzz
