#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/baseline.h"
#include "verdict/machine_class.h"
#include "verdict/policy.h"
#include "verdict/verdict.h"

namespace bootperf {

/// What became of one gated phase, or of an ungated child named by the descent.
struct PhaseVerdict {
  std::string phase; ///< id
  Verdict verdict = Verdict::inconclusive;
  std::string reason; ///< for people: why it is inconclusive, not measured
  double baseline_mean = 0,
         current_mean = 0;           ///< geometric means: ns or instructions
  double ratio = 1;                  ///< current over baseline
  double half_width = 0;             ///< of the ratio − 1, at 1 − alpha
  double p_slower = 1, p_faster = 1; ///< family-wise
  double tolerance = 0, floor = 0;
  Location where;                 ///< of the gate in the policy; a place below has none
  double smallest_detectable = 0; ///< ratio − 1
  /// Wall time of the same phase when instructions decide, and the other way round; as a ratio.
  std::optional<double> wall_ratio, instruction_ratio;
  std::string kind;                 ///< "work", "waiting", "work and waiting", or "" when not known
  std::optional<double> work_share; ///< of a change of wall time: what instructions explain, 0 to 1
  double contribution = 0;          ///< of a place: its share of the change of the phase
                                    ///< it was found below
  std::vector<PhaseVerdict>
      places; ///< below a rejected phase: the children that moved, largest first
};

/// A version that differs between baseline and session: a possible cause.
struct VersionDifference {
  std::string what, baseline, current;
};

/// What a comparison of base and head on one machine adds to a check.
struct ComparisonOutcome {
  std::string base, head;             ///< the subjects' names
  std::size_t blocks = 0;             ///< that decided; 0 for counted launches
  std::vector<std::size_t> looks;     ///< blocks, or launches of head, when it was looked at
  std::size_t incomplete_blocks = 0;  ///< left out: a launch failed, or a gated phase is missing
  std::size_t launches = 0;           ///< made for the decision, of all scenarios
  std::size_t most_launches = 0;      ///< the budget
  bool decided = false;               ///< every gated phase is, so that no launch is missing
  std::vector<PhaseVerdict> controls; ///< negative controls; one that is not a pass voids it all
};

/// The check of one scenario of a session against its baseline, or against the session's base.
struct ScenarioCheck {
  std::string scenario;
  Metric metric = Metric::wall;
  Verdict verdict = Verdict::not_measured;
  bool advisory = false;         ///< shown, but decides nothing
  std::string reason;            ///< when not measured or advisory: why, and the command
                                 ///< that mends it
  bool without_baseline = false; ///< none is stored for its class
  std::string baseline_file;
  std::size_t baseline_launches = 0, baseline_sessions = 0, launches = 0, failed_launches = 0;
  double alpha = 0; ///< of this look; docs/statistics.md says how looks share the policy's
  bool exact = false;
  std::uint64_t permutations = 0;
  bool between_sessions = false;    ///< judged by the spread between the baseline's sessions
  std::vector<PhaseVerdict> phases; ///< the gated ones, in the policy's order
  std::vector<ClassDifference> class_differences; ///< to the nearest baseline, when none matches
  std::vector<VersionDifference> version_differences;
  std::optional<ComparisonOutcome> comparison; ///< base and head were launched together
};

struct CheckReport {
  std::string session;
  std::uint64_t seed = 0;
  std::vector<ScenarioCheck> checks;
  ExitCode exit = ExitCode::not_measured;
  std::string reason; ///< when nothing decided: why
};

struct CheckOptions {
  /// Wall time: the baseline was made moments before on this machine.
  bool same_session = false;
  std::optional<Metric> metric;         ///< overrides: instructions in counted mode, wall otherwise
  std::string directory = "thresholds"; ///< for the commands in messages
  std::string session_path = "SESSION"; ///< for the commands in messages
  /// Where a baseline is missing, name the command that makes one; a caller that makes one itself
  /// does not.
  bool name_update_command = true;
  std::uint64_t max_assignments = 200'000; ///< beyond, they are drawn
};

/// Pure: decides from what it is given.
CheckReport check(const Session &session, const std::vector<Baseline> &baselines,
                  const Policy &policy, const CheckOptions &options);

/// True when more launches may still decide: something that decides is inconclusive, and nothing
/// has regressed or could not be measured.
bool undecided(const CheckReport &report);

/// "bootperf baseline update SESSION --thresholds DIR": what makes a baseline of a session.
std::string update_command(const CheckOptions &options);

} // namespace bootperf
