#pragma once

// What levers save, out of a session that tried them: the launches with each against those of the
// boot as it is.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/explain/report.h"
#include "whatif/wall_time.h"

namespace bootperf {

/// How a session of levers calls its launches: all are of one scenario, those with a lever of its
/// name as their subject.
inline constexpr const char *lever_scenario = "Launch/counted";
inline constexpr const char *as_it_is_subject = "base";
/// Of the guests that it launches beside them, each in its own scenario.
inline constexpr const char *floor_subject = "floor";

/// What became of a lever.
enum class LeverEffect {
  saves,        ///< work or waiting
  trades,       ///< it saves the one and costs the other
  costs,        ///< work or waiting
  none,         ///< shown: less than what is worth to be said
  not_known,    ///< too few launches to tell
  not_measured, ///< it could not be had, did not come up, or had no effect on the guest
};

std::string_view to_text(LeverEffect effect);

/// A change of less than this is not worth a lever: of the launch's work as a share, and of its
/// waiting in ns.
inline constexpr double least_work_saved = 0.001;
inline constexpr double least_waiting_saved_ns = 100e6;

struct LeverOutcome {
  LeverTrial trial;
  LeverEffect effect = LeverEffect::not_measured;
  std::string reason;               ///< why it was not measured, or is not known
  std::size_t launches = 0;         ///< that count
  std::optional<PhaseVerdict> work; ///< of the launch: instructions, by ratio and interval
  std::optional<PhaseVerdict> waiting;
  std::optional<WallTime> wall = {}; ///< where quiet launches were made, too
  std::vector<PhaseVerdict>
      places; ///< the phases in which its work changed most, largest first, few

  /// Saved: instructions, and ns of waiting; below 0 where it costs.
  double work_saved() const { return work ? -work->change() : 0; }
  double waiting_saved() const { return waiting ? -waiting->change() : 0; }
};

/// A guest of the appliance's kernel that does nothing but come up: what it executes the boot
/// would, too, whatever becomes of the rest of it.
struct FloorGuest {
  std::string scenario; ///< "Floor/pc"
  std::size_t launches = 0;
  double work = 0; ///< instructions outside delay loops, the mean

  bool operator==(const FloorGuest &) const = default;
};

struct LeverRanking {
  std::string session;
  double alpha = 0;              ///< of the whole family; each lever is tested at its share of it
  std::size_t base_launches = 0; ///< of the boot as it is
  double base_work = 0, base_waiting = 0;
  std::string wall_accelerator = {}; ///< of quiet launches, "kvm" or "tcg"; "" where none were made
  std::vector<FloorGuest> floor = {};                         ///< the one that executes least first
  std::map<std::string, std::string> floor_not_measured = {}; ///< by scenario: why
  std::vector<LeverOutcome> outcomes; ///< those that save first, by work saved; then the others
};

/// How many launches of the boot as it is let so many of a lever reach its share of alpha, which is
/// alpha / (2 levers), in the exact two-sample test, whose smallest p is 1 / C(base + with lever,
/// with lever).
std::size_t base_launches_for(std::size_t levers, std::size_t launches, double alpha);

/// Ranks the levers of a session by the test that comparisons of counted launches use
/// (statistics/two_sample.h), each in both directions, at alpha divided by their number and by two
/// (Bonferroni), so that all levers are one family. A lever is compared with the launches of the
/// boot as it is that were made among its own. A session without what_if is an error of kind input,
/// one in which the boot as it is did not come up one of kind not_measured.
Result<LeverRanking> rank_levers(const Session &session, double alpha);

} // namespace bootperf
