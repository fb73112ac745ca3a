#include "statistics/between_sessions.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statistics/holm.h"
#include "statistics/log_spread.h"
#include "statistics/student_t.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr double power = 0.9;

std::vector<double> phase_of(const SessionMeans &sessions, std::size_t phase) {
  std::vector<double> values;
  values.reserve(sessions.size());
  for (const std::vector<double> &session : sessions)
    values.push_back(session[phase]);
  return values;
}

} // namespace

std::vector<SessionEffect> between_sessions(const SessionMeans &stored,
                                            std::span<const double> current,
                                            std::span<const double> margins, double alpha) {
  const std::size_t phases = current.size();
  const auto sessions = static_cast<double>(stored.size());
  const double df = sessions - 1;
  const bool enough = stored.size() >= 2;
  std::vector<SessionEffect> effects(phases);
  std::vector<double> slower(phases, 1.0);
  std::vector<double> faster(phases, 1.0);
  for (std::size_t phase = 0; phase < phases; ++phase) {
    SessionEffect &effect = effects[phase];
    const Summary before = summarise(phase_of(stored, phase));
    effect.log_effect = current[phase] - before.mean;
    effect.log_half_width = effect.smallest_detectable = std::numeric_limits<double>::infinity();
    if (!enough)
      continue;
    const double error =
        std::max(before.standard_deviation, smallest_log_spread) * std::sqrt(1 + 1 / sessions);
    const double t = effect.log_effect / error;
    slower[phase] = student_t_cdf(-t, df);
    faster[phase] = student_t_cdf(t, df);
    effect.p_below_margin =
        student_t_cdf((effect.log_effect - std::log1p(margins[phase])) / error, df);
    effect.log_half_width = student_t_quantile(1 - alpha / 2, df) * error;
    effect.smallest_detectable =
        std::expm1((-student_t_quantile(alpha / static_cast<double>(phases), df) +
                    student_t_quantile(power, df)) *
                   error);
  }
  slower = holm_adjusted(slower);
  faster = holm_adjusted(faster);
  for (std::size_t phase = 0; phase < phases; ++phase) {
    effects[phase].p_slower = slower[phase];
    effects[phase].p_faster = faster[phase];
  }
  return effects;
}

} // namespace bootperf
