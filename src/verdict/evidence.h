#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "session/session.h"
#include "statistics/two_sample.h"
#include "verdict/verdict.h"

namespace bootperf {

/// One launch's values by phase id; a phase that was not measured is absent.
using PhaseValues = std::map<std::string, double>;

/// The launches of a scenario that count, and those that failed.
struct Samples {
  std::vector<const Launch *> launches;
  std::size_t tried = 0; ///< samples and failures: no warm-ups, no rebuilt appliances
  std::size_t failed = 0;
  std::string failure; ///< of the first that failed: phase and reason
};

Samples samples_of(const Session &session, const std::string &scenario, const std::string &subject);
/// Of a session with several subjects those of "head"; of one with a single
/// subject, its own.
Samples samples_of(const Session &session, const std::string &scenario);

/// The values of a launch's phases, at least 1 ns or instruction each so that
/// they have a logarithm. Left out: phases that overlap a sibling, that did not
/// end, or whose id is longer than 512 bytes (YAML limits the length of a key).
PhaseValues values_of(const Launch &launch, Metric metric);

/// What is compared: the launches of a baseline and those of now.
struct Evidence {
  std::vector<PhaseValues> baseline, current;
};

/// "" when a phase can be judged: it is measured in every launch of now and in
/// at least 80 % of those of the baseline. Else why it cannot, for people.
std::string why_not_measured(const Evidence &evidence, const std::string &phase);

/// The launches that have all these phases, as columns in their order.
LaunchValues columns(const std::vector<PhaseValues> &launches,
                     const std::vector<std::string> &phases);

/// Geometric mean of one column.
double geometric_mean(const LaunchValues &launches, std::size_t column);

} // namespace bootperf
