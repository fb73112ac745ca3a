#pragma once

// What is drawn out of a session: the launches that count, and their phases' values by a metric.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"
#include "statistics/summary.h"

namespace bootperf {

enum class Metric { wall, instructions };

/// "wall", "instructions"
std::string_view to_text(Metric metric);
std::optional<Metric> metric_from_text(std::string_view text);

/// The metric that launches of a mode are judged by: instructions when they were counted.
Metric deciding_metric(std::string_view mode);

/// One launch's values by phase id; a phase that was not measured is absent.
using PhaseValues = std::map<std::string, double>;

/// The launches of a scenario that count, and those that failed.
struct SampleLaunches {
  std::vector<const Launch *> launches;
  std::size_t tried = 0; ///< samples and failures: no warm-ups, no rebuilt appliances
  std::size_t failed = 0;
  std::string failure; ///< of the first that failed: phase and reason
};

SampleLaunches sample_launches(const Session &session, const std::string &scenario,
                               const std::string &subject);
/// Of a session with several subjects those of "head"; of one with a single subject, its own.
SampleLaunches sample_launches(const Session &session, const std::string &scenario);

/// The values of a launch's phases, at least 1 ns or instruction each so that they have a
/// logarithm. Left out: phases that overlap a sibling, that did not end, or whose id is longer than
/// 512 bytes (YAML limits the length of a key).
PhaseValues phase_values(const Launch &launch, Metric metric);
/// Those of the first launches, at most so many.
std::vector<PhaseValues> phase_values(const SampleLaunches &samples, Metric metric,
                                      std::size_t most = static_cast<std::size_t>(-1));

/// What is compared: the launches of a baseline and those of now.
struct PhaseSamples {
  std::vector<PhaseValues> baseline, current;
};

/// "" when a phase can be judged: it is measured in every launch of now and in at least 80 % of
/// those of the baseline. Else why it cannot, for people.
std::string missing_in_samples(const PhaseSamples &samples, const std::string &phase);

/// The ids that any of these launches has.
std::vector<std::string> phase_ids(const std::vector<const PhaseValues *> &launches);
/// The phases of these that can be judged.
std::vector<std::string> measured_phases(const std::vector<std::string> &phases,
                                         const PhaseSamples &samples);

/// The launches that have all these phases, as columns in their order.
LaunchValues phase_columns(const std::vector<PhaseValues> &launches,
                           const std::vector<std::string> &phases);

} // namespace bootperf
