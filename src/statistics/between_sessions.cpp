#include "statistics/between_sessions.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

#include "statistics/distributions.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

std::vector<double> phase_of(const SessionMeans &sessions, std::size_t phase) {
  std::vector<double> values;
  values.reserve(sessions.size());
  for (const std::vector<double> &session : sessions)
    values.push_back(session[phase]);
  return values;
}

double mean_of(const SessionMeans &sessions, std::size_t phase) {
  double sum = 0;
  for (const std::vector<double> &session : sessions)
    sum += session[phase];
  return sum / static_cast<double>(sessions.size());
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
                    student_t_quantile(detectable_power, df)) *
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

std::vector<double> holm_adjusted(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t place = 0; place < order.size(); ++place) {
    const double multiplied = static_cast<double>(p.size() - place) * p[order[place]];
    largest = std::max(largest, std::min(1.0, multiplied));
    adjusted[order[place]] = largest;
  }
  return adjusted;
}

std::vector<ColumnDecision> decide_between_sessions(const SessionMeans &stored,
                                                    std::span<const double> current,
                                                    const std::vector<ColumnMargin> &margins,
                                                    const ErrorRates &rates) {
  std::vector<ColumnDecision> columns(margins.size());
  std::vector<double> ratios;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].baseline_mean = std::exp(mean_of(stored, i));
    columns[i].current_mean = std::exp(current[i]);
    columns[i].margin = margins[i].ratio_at(columns[i].baseline_mean);
    ratios.push_back(columns[i].margin);
  }
  const std::vector<SessionEffect> effects = between_sessions(stored, current, ratios, rates.alpha);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const SessionEffect &effect = effects[i];
    ColumnDecision &column = columns[i];
    column.ratio = std::exp(effect.log_effect);
    column.half_width = column.ratio * std::expm1(effect.log_half_width);
    column.p_slower = effect.p_slower;
    column.p_faster = effect.p_faster;
    column.smallest_detectable = effect.smallest_detectable;
    column.verdict = column_verdict(column, column.margin, effect.p_below_margin, rates);
  }
  return columns;
}

} // namespace bootperf
