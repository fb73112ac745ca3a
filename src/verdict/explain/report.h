#pragma once

// What a check or a comparison found, as plain structs: filled in here and to the right, shown by
// report/.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "phases/phase_tree.h"
#include "statistics/decision.h"
#include "verdict/baseline/machine_class.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

std::string_view to_text(Verdict verdict);

/// Of several verdicts the one that decides: the first of regressed, not measured, inconclusive,
/// improved, pass that is there. Nothing at all is not measured: it is never a pass.
Verdict worst(const std::vector<Verdict> &verdicts);

/// The exit code of several verdicts: the first of 2, 1, 4, 3, 0 that one of them has.
ExitCode combined_exit_code(const std::vector<Verdict> &verdicts);

/// A function of a phase that got more work, and how much.
struct ChangedFunction {
  std::string object, name;  ///< as a profile has them; "(others)" adds up those it does not name
  double base = 0, head = 0; ///< work, in instructions

  double change() const { return head - base; }
};

/// Which functions the additional work of a phase is in, by one profiled launch of each side. It
/// decides nothing.
struct ChangedFunctions {
  double base = 0, head = 0; ///< work of the whole phase in these launches
  /// The profiles show the change that was judged: in its direction, half of it to twice as much.
  /// Else no function is named.
  bool shows_it = false;
  std::vector<ChangedFunction> functions; ///< largest change first
  double rest = 0;                        ///< what the other functions changed by, together
  std::size_t rest_functions = 0;         ///< of them, those that changed at all

  double change() const { return head - base; }
};

/// What became of one gated phase, or of an ungated child named by the descent.
struct PhaseVerdict : ColumnTest {
  std::string phase; ///< id
  /// It is how long the phase waited that is judged: means are ns, and the ratio, its half width
  /// and the smallest detectable change are of times with waiting_offset_ns added, as they were
  /// judged.
  bool waiting = false;
  /// It took nothing before, so that there is no ratio: it is infinite, and so are its half width
  /// and the smallest detectable change.
  bool from_nothing = false;
  Verdict verdict = Verdict::inconclusive;
  std::string reason; ///< for people: why it is inconclusive, not measured
  double tolerance = 0, floor = 0;
  Location where; ///< of the gate in the policy; a place below has none
  /// Wall time of the same phase when instructions decide, and the other way round; as a ratio.
  std::optional<double> wall_ratio, instruction_ratio;
  std::string kind;                 ///< "work", "waiting", "work and waiting", or "" when not known
  std::optional<double> work_share; ///< of a change of wall time: what instructions explain, 0 to 1
  /// Where waiting regressed and no phase inside says where: between which commands of the guest's
  /// shell the slower side waited most.
  std::optional<LongestWait> between;
  double contribution = 0; ///< of a place: its share of the change of the phase
                           ///< it was found below
  std::vector<PhaseVerdict>
      places; ///< below a rejected phase: the children that moved, largest first
  std::optional<ChangedFunctions> functions; ///< where work regressed and was looked into

  Column column() const { return {phase, waiting ? Quantity::waiting : Quantity::measured}; }
  /// Of the means: ns, or instructions.
  double change() const { return current_mean - baseline_mean; }
};

/// A version that differs between baseline and session: a possible cause.
struct VersionDifference {
  std::string what, baseline, current;
};

/// About how many blocks would decide what is open, by the spread of those that are there. 0: not
/// known, or nothing is left to decide.
struct BlocksToDecide {
  std::size_t one = 0; ///< the phase that is nearest to it
  std::size_t all = 0; ///< every phase
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
  BlocksToDecide to_decide = {};      ///< of all scenarios
  std::vector<PhaseVerdict> controls; ///< negative controls; one that is not a pass voids it all

  /// The launches that would decide every phase; 0 as for blocks.
  std::size_t launches_to_decide() const {
    return blocks == 0 ? 0 : to_decide.all * launches / blocks;
  }
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
  bool ungated = false;          ///< the policy gates nothing of its mode: it is not to be judged
  std::string baseline_file;
  std::size_t baseline_launches = 0, baseline_sessions = 0, launches = 0, failed_launches = 0;
  double alpha = 0; ///< of this look; docs/statistics.md says how looks share the policy's
  bool exact = false;
  std::uint64_t permutations = 0;
  /// Stored sessions whose spread no p of these launches is smaller than allows; 0 where it is not
  /// known.
  std::size_t spread_sessions = 0;
  bool between_sessions = false;    ///< judged by the spread between the baseline's sessions
  std::vector<PhaseVerdict> phases; ///< the gated ones, in the policy's order
  std::vector<PhaseVerdict> moved;  ///< nothing fails for these: within tolerance, or not gated
  std::vector<ClassDifference> class_differences; ///< to the nearest baseline, when none matches
  std::vector<VersionDifference> version_differences;
  std::string functions_hint; ///< where work regressed and no function is named: why, and the
                              ///< command that names them
  std::optional<ComparisonOutcome> comparison; ///< base and head were launched together
};

struct CheckReport {
  std::string session;
  std::uint64_t seed = 0;
  std::vector<ScenarioCheck> checks;
  ExitCode exit = ExitCode::not_measured;
  std::string reason; ///< when nothing decided: why
};

} // namespace bootperf
