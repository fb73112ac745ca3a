#pragma once

// What is drawn out of a session: the launches that count, and their phases' values by a metric.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

/// What of a phase a value is: what the launches are judged by, or, beside instructions, how long
/// it was halted until a timer of the guest's own, or until a device of the host's.
enum class Quantity { measured, waiting, host_waiting };

/// What a value of a launch is of.
struct Column {
  Column(std::string phase_id, Quantity of_it = Quantity::measured)
      : phase(std::move(phase_id)), quantity(of_it) {}
  Column(const char *phase_id) : phase(phase_id) {}

  std::string phase; ///< id
  Quantity quantity = Quantity::measured;

  /// A time in ns, which may be 0.
  bool is_halt() const { return quantity != Quantity::measured; }

  auto operator<=>(const Column &) const = default;
};

/// One launch's values; what was not measured is absent.
using PhaseValues = std::map<Column, double>;

/// What a time or a count of 0 is taken for, so that it has a logarithm.
inline constexpr double value_of_nothing = 1;
inline bool is_nothing(double value) {
  return value <= value_of_nothing;
}

/// Added to each time waited before its logarithm is taken, for a phase may wait for nothing at all
/// (the started logarithm, Tukey 1977). As long as the smallest change of waiting that is worth a
/// verdict: what is far below it then hardly counts, and what is far above counts by its ratio.
inline constexpr double waiting_offset_ns = 100e6;

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
/// logarithm: instructions without those spent spinning, where these are known apart (the class
/// says whether they are); with instructions also how long each phase waited, for itself and for
/// the host, in ns, 0 or more. Left out: phases that overlap a sibling, that did not end, or whose
/// id is longer than 512 bytes (YAML limits the length of a key).
PhaseValues phase_values(const Launch &launch, Metric metric);
/// Those of the first launches, at most so many.
std::vector<PhaseValues> phase_values(const SampleLaunches &samples, Metric metric,
                                      std::size_t most = static_cast<std::size_t>(-1));

/// What is compared: the launches of a baseline and those of now.
struct PhaseSamples {
  std::vector<PhaseValues> baseline, current;
  /// How many of the baseline's launches, in their order, each of its sessions made. Empty where
  /// all were made in turn with those of now.
  std::vector<std::size_t> baseline_sessions = {};
};

/// "" when a column can be judged: it is measured in every launch of now and in at least 80 % of
/// those of the baseline. Else why it cannot, for people.
std::string missing_in_samples(const PhaseSamples &samples, const Column &column);

/// That a phase took nothing in some launches, or ""; it may wait for nothing. A small one below a
/// gated phase may take nothing now and then; one that is gated does so only where its measuring
/// has failed.
std::string nothing_in_samples(const PhaseSamples &samples, const Column &column);

/// The ids that any of these launches has.
std::vector<std::string> phase_ids(const std::vector<const PhaseValues *> &launches);
/// The columns of these that can be judged.
std::vector<Column> measured_columns(const std::vector<Column> &columns,
                                     const PhaseSamples &samples);

/// The samples of these columns alone, in which a phase that is new neither waited nor executed
/// anything before: none of the baseline's launches has it, and all of them know how long the phase
/// around it waited, as counted ones do. Where only some lack it, it is not known why.
PhaseSamples with_new_phases(const PhaseSamples &samples, const std::vector<Column> &columns);

/// The launches that have all these columns, in their order, as they are judged: times waited with
/// waiting_offset_ns added.
LaunchValues judged_values(const std::vector<PhaseValues> &launches,
                           const std::vector<Column> &columns);

} // namespace bootperf
