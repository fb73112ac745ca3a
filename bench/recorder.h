#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "bench/command_line.h"
#include "bench/scenarios.h"
#include "campaign/campaign.h"
#include "campaign/recording.h"
#include "phases/rules.h"
#include "report/launch/campaign_display.h"

namespace bootperf {

/// How a session is made.
struct RecordingPlan {
  Options options;
  int repetitions = 5; ///< of each scenario
  double min_warmup_seconds = 0;
  std::filesystem::path logs;         ///< directory of the boot logs
  std::filesystem::path scratch = {}; ///< where what levers need is made
  /// Versions of what is launched, for the scenarios; empty where logs are replayed, which state
  /// those of their own machine.
  std::map<std::string, std::string> versions = {};
  std::vector<std::size_t> at_once = {}; ///< of the scenarios that launch many at once
  /// What has to be said about the launches so far (KVM does not work, …), asked after each one.
  std::function<std::vector<std::string>()> warnings = [] { return std::vector<std::string>(); };
  /// Bytes that programs can still take, asked before launches at once; 0: not known.
  std::function<std::uint64_t()> available_memory = [] { return std::uint64_t{0}; };
};

/// By scenario: where in the session the launch of each repetition is; none where there was none.
/// Of guests launched at once there is none: a repetition is many launches.
using RepetitionPlaces = std::map<std::string, std::vector<std::optional<std::size_t>>>;

/// The campaign of boot_benchmarks. Google Benchmark decides what is launched next, so this hands
/// over one launch at a time, made ahead where several may run at once.
class Recorder {
public:
  Recorder(Launcher &launcher, const Rules &rules, RecordingPlan plan, Session session,
           Progress &progress);

  /// Makes the next repetition of a scenario: warm-ups come before the first one, launches that
  /// rebuilt the appliance are set aside and repeated. Returns its launch's index in
  /// session().launches; it may have failed. An error when no launch could be made; once the user
  /// has interrupted, or the disk is full, every later call gives the same error. For several
  /// threads at once: of a scenario launched at once the first to come launches for all, for every
  /// repetition.
  Result<std::size_t> measure(const ScenarioPlan &scenario);
  /// Guests that came up a minute so far, launched so many at once; 0 before.
  double guests_a_minute(std::size_t at_once) const;

  const Session &session() const { return recording_.session(); }
  /// Of all calls of measure() so far.
  const RepetitionPlaces &repetitions() const { return repetitions_; }
  /// What stopped everything, if anything did.
  const std::optional<Error> &stopped() const { return recording_.stopped(); }

private:
  struct State {
    Variant variant;
    bool warm = false;
    std::optional<Error> refused;       ///< why it is not launched (any more)
    int asked = 0;                      ///< launches that count, begun
    std::deque<Result<Recorded>> ready; ///< made ahead, several at a time
  };

  State &state_of(const ScenarioPlan &scenario);
  Result<std::size_t> next(const ScenarioPlan &scenario, State &state);
  Result<void> warm_up(State &state);
  Result<void> launch_ahead(const ScenarioPlan &scenario, State &state);
  Result<void> launch_some(const ScenarioPlan &scenario, State &state);
  Result<void> launch_at_once(const ScenarioPlan &scenario, State &state);
  void launch_round(const ScenarioPlan &scenario, State &state, int count, int jobs, int all);
  Result<void> add_to_capacity(std::size_t at_once, std::int64_t elapsed_ns);

  mutable std::mutex mutex_; ///< of measure(), by which alone what follows changes
  RecordingPlan plan_;
  Recording recording_;
  CampaignDisplay display_;
  Campaign campaign_;
  std::map<std::string, State> states_;
  RepetitionPlaces repetitions_;
};

/// Registers a scenario with Google Benchmark: one launch an iteration, its time that of
/// guestfs_launch, one iteration a repetition. The recorder must outlive the benchmarks.
void register_launches(const ScenarioPlan &scenario, Recorder &recorder);

/// The program's exit code: interrupted, then a wrong input, then not measured when a scenario has
/// no sample, else pass.
ExitCode recording_outcome(const Session &session, const std::vector<ScenarioPlan> &scenarios,
                           const std::optional<Error> &stopped);

} // namespace bootperf
