#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/check_options.h"
#include "session/session.h"
#include "verdict/check/check.h"

namespace bootperf {

/// The first run of the gate on a class of machine that no baseline is stored for: what the nearest
/// baseline says all the same, how many launches make a baseline, and where the new one goes.

enum class NewBaseline {
  in_thresholds,  ///< beside the other baselines, to be committed
  beside_session, ///< a candidate: CI must not write into the tree that it tests
  none,
};

/// Where a new baseline goes unless the command line says so: by the environment variable CI, null
/// when it is not set.
NewBaseline default_place(const char *ci);

/// A directory for what goes with a session: "gate.session.json", "x" → "gate.session.x".
std::filesystem::path directory_beside(const std::filesystem::path &session,
                                       const std::string &what);

/// The directory of candidates: "gate.session.json" → "gate.session.baseline".
std::filesystem::path candidate_directory(const std::filesystem::path &session);

/// A new baseline holds at most so many launches; a policy that asks for more has to be served by
/// hand.
inline constexpr std::size_t most_recorded_launches = 100;

/// The least number of launches of a baseline against which the policy's counted launches can reach
/// a verdict when they are first looked at. None when that is more than most_recorded_launches.
std::optional<std::size_t> launches_of_new_baseline(const Policy &policy);

/// The scenarios of a report that lack a baseline and can be given one by themselves: counted
/// launches, judged by their instructions. Wall time swings from session to session, so a baseline
/// of one session would decide nothing.
std::vector<std::string> recordable(const CheckReport &report, const Session &session);

/// The checks against the nearest baselines of scenarios without one of their class: advisory. Left
/// out where the numbers of that baseline mean something else (another scenario, architecture,
/// backend or way of counting).
std::vector<ScenarioCheck> checks_against_nearest(const CheckReport &report, const Session &session,
                                                  const Thresholds &thresholds,
                                                  const CheckFlags &flags);

/// How far the launches of a scenario have come as a baseline.
struct Completeness {
  std::size_t launches = 0; ///< that have every gated phase
  std::size_t failed = 0, tried = 0;
  std::string missing; ///< a gated phase that too few of them have; "" when there is none
};
Completeness completeness(const Session &session, const std::string &scenario,
                          const Policy &policy);

/// The launches of one session added to another, with the scenarios that it does not have yet;
/// those that both have must be of the same class.
Result<Session> joined(Session session, const Session &more, const Policy &policy);

/// A baseline that was written.
struct WrittenBaseline {
  std::string file;
  std::size_t launches = 0;
  bool is_candidate = false;
  std::string why_candidate; ///< when it was meant for the thresholds: what kept it out
};

/// Writes the baseline of a scenario's instructions, whole. Over a file that is there only as a
/// candidate. What cannot be written among the thresholds becomes a candidate.
Result<WrittenBaseline> write_new_baseline(const Session &session, const std::string &scenario,
                                           const Policy &policy,
                                           const std::filesystem::path &thresholds,
                                           const std::filesystem::path &candidates,
                                           NewBaseline place);

/// What a user has to know and to do then, in a sentence.
std::string to_text(const WrittenBaseline &written);

} // namespace bootperf
