#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/exit_code.h"
#include "bench/options.h"
#include "bench/scenarios.h"
#include "campaign/recording.h"
#include "capture/launcher.h"
#include "phases/rules.h"
#include "report/progress.h"

namespace bootperf {

/// How a session is made.
struct RecordingPlan {
  Options options;
  int repetitions = 5; ///< of each scenario
  double min_warmup_seconds = 0;
  std::filesystem::path logs; ///< directory of the boot logs
  /// Versions of what is launched, for the scenarios; empty where logs are replayed, which state
  /// those of their own machine.
  std::map<std::string, std::string> versions = {};
  /// What has to be said about the launches so far (KVM does not work, …), asked after each one.
  std::function<std::vector<std::string>()> warnings = [] { return std::vector<std::string>(); };
};

/// Makes launches and puts each into the session and onto the disk as soon as it has ended.
class Recorder {
public:
  Recorder(Launcher &launcher, const Rules &rules, RecordingPlan plan, Session session,
           Progress &progress);

  /// Makes the next launch of a scenario that counts: warm-ups come before the first one, launches
  /// that rebuilt the appliance are set aside and repeated. Returns its index in
  /// session().launches; it may have failed. An error when no launch could be made; once the user
  /// has interrupted, or the disk is full, every later call gives the same error.
  Result<std::size_t> measure(const ScenarioPlan &scenario);

  const Session &session() const { return recording_.session(); }
  /// What stopped everything, if anything did.
  const std::optional<Error> &stopped() const { return recording_.stopped(); }

private:
  struct State {
    bool warm = false;
    int asked = 0;    ///< launches that count, begun
    int failures = 0; ///< in a row from the first launch on; -1 once one came up
    std::optional<Error> given_up;
    std::deque<Result<Recorded>> ready; ///< made ahead, several at a time
  };

  Result<void> warm_up(const ScenarioPlan &scenario, State &state);
  void note_outcome(State &state, const Result<Recorded> &result);
  void launch_ahead(const ScenarioPlan &scenario, State &state);
  Result<Recorded> launch_warm(const ScenarioPlan &scenario, const std::string &what);
  Result<Recorded> launch_once(const ScenarioPlan &scenario, bool warmup, const std::string &what);
  LaunchRequest request_for(const ScenarioPlan &scenario) const;

  RecordingPlan plan_;
  Recording recording_;
  Progress &progress_;
  std::mutex mutex_; ///< over the progress: launches may run at the same time
  std::map<std::string, State> states_;
  std::optional<std::chrono::steady_clock::time_point> began_;
};

/// The program's exit code: interrupted, then a wrong input, then not measured when a scenario has
/// no sample, else pass.
ExitCode recording_outcome(const Session &session, const std::vector<ScenarioPlan> &scenarios,
                           const std::optional<Error> &stopped);

} // namespace bootperf
