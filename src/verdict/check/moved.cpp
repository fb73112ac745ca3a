#include "verdict/check/moved.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "phases/phase_tree.h"

namespace bootperf {
namespace {

constexpr double beyond_sessions = 2;
constexpr double most_of_a_move = 0.8;

bool is_told(const Column &column, const std::vector<PhaseVerdict> &judged) {
  return std::ranges::any_of(judged, [&](const PhaseVerdict &phase) {
    const bool related = phase.phase == column.phase ||
                         column.phase.starts_with(phase.phase + " > ") ||
                         phase.phase.starts_with(column.phase + " > ");
    // What these launches do not decide, they do not show to have moved either.
    if (phase.column() == column && phase.verdict == Verdict::inconclusive)
      return true;
    return phase.column().quantity == column.quantity && related &&
           (phase.verdict == Verdict::regressed || phase.verdict == Verdict::improved);
  });
}

/// What the policy thinks worth a verdict, of this kind; all of it where no gate is.
double smallest_floor(bool waiting, const std::vector<PhaseVerdict> &judged) {
  double smallest = std::numeric_limits<double>::infinity();
  for (const PhaseVerdict &phase : judged)
    if (phase.waiting == waiting)
      smallest = std::min(smallest, phase.floor);
  return std::isfinite(smallest) ? smallest : 0;
}

/// The furthest that a session's mean of logs lies from that of all.
double furthest_session(const Column &column, const StoredSessions &stored) {
  std::vector<double> means;
  for (const std::vector<PhaseValues> &session : stored)
    if (const LaunchValues values = judged_values(session, {column}); !values.empty())
      means.push_back(std::log(geometric_mean(values, 0)));
  double sum = 0, furthest = 0;
  for (const double mean : means)
    sum += mean;
  for (const double mean : means)
    furthest = std::max(furthest, std::abs(mean - sum / static_cast<double>(means.size())));
  return furthest;
}

/// One inside it, of the same kind, accounts for most of it.
bool is_explained_inside(const PhaseVerdict &phase, const std::vector<PhaseVerdict> &moved) {
  return std::ranges::any_of(moved, [&](const PhaseVerdict &inner) {
    return inner.waiting == phase.waiting && inner.phase.starts_with(phase.phase + " > ") &&
           inner.change() / phase.change() >= most_of_a_move;
  });
}

} // namespace

std::vector<PhaseVerdict> moved_columns(const std::vector<PhaseVerdict> &judged,
                                        const StoredSessions &stored, const PhaseSamples &samples,
                                        const LevelTest &test, double alpha) {
  if (samples.current.empty())
    return {};
  std::vector<Column> columns;
  for (const auto &[column, value] : samples.current.front())
    if (column.quantity != Quantity::host_waiting && !is_told(column, judged))
      columns.push_back(column);

  std::vector<PhaseVerdict> moved;
  for (PhaseVerdict &phase : test(columns)) {
    const double p = phase.ratio < 1 ? phase.p_faster : phase.p_slower;
    if (p > alpha || std::abs(phase.change()) < smallest_floor(phase.waiting, judged) ||
        std::abs(std::log(phase.ratio)) <=
            beyond_sessions * furthest_session(phase.column(), stored))
      continue;
    phase.verdict = Verdict::pass;
    moved.push_back(std::move(phase));
  }
  std::vector<PhaseVerdict> named;
  for (const PhaseVerdict &phase : moved)
    if (!is_explained_inside(phase, moved))
      named.push_back(phase);
  std::ranges::stable_sort(named, std::greater<>(), [](const PhaseVerdict &phase) {
    return std::abs(std::log(phase.ratio));
  });
  return named;
}

} // namespace bootperf
