#include "statistics/session_spread.h"

#include <algorithm>
#include <cmath>

#include "statistics/between_sessions.h"
#include "statistics/distributions.h"

namespace bootperf {
namespace {

/// What the sizes of the sessions come to.
struct Sizes {
  double sessions = 0, launches = 0;
  double sum_of_squares = 0;

  double df_between() const { return sessions - 1; }
  double df_within() const { return launches - sessions; }
  /// Launches a session: their number where all have the same.
  double a_session() const { return (launches - sum_of_squares / launches) / df_between(); }
  /// The variance of the mean of all launches, in variances between sessions.
  double weight_of_mean() const { return sum_of_squares / (launches * launches); }
};

Sizes sizes_of(std::span<const LaunchValues> sessions) {
  Sizes sizes;
  for (const LaunchValues &session : sessions) {
    const auto launches = static_cast<double>(session.size());
    ++sizes.sessions;
    sizes.launches += launches;
    sizes.sum_of_squares += launches * launches;
  }
  return sizes;
}

double mean_log(const LaunchValues &session, std::size_t column) {
  double sum = 0;
  for (const std::vector<double> &launch : session)
    sum += std::log(launch[column]);
  return sum / static_cast<double>(session.size());
}

struct SquareSums {
  double between = 0, within = 0;
};

SquareSums square_sums(std::span<const LaunchValues> sessions, std::size_t column,
                       double launches) {
  double mean = 0;
  for (const LaunchValues &session : sessions)
    mean += mean_log(session, column) * static_cast<double>(session.size()) / launches;
  SquareSums sums;
  for (const LaunchValues &session : sessions) {
    const double of_session = mean_log(session, column);
    sums.between += static_cast<double>(session.size()) * (of_session - mean) * (of_session - mean);
    for (const std::vector<double> &launch : session) {
      const double deviation = std::log(launch[column]) - of_session;
      sums.within += deviation * deviation;
    }
  }
  return sums;
}

SessionSpread spread_of(const SquareSums &sums, const Sizes &sizes, double new_launches) {
  constexpr double least = smallest_log_spread * smallest_log_spread;
  const double within = std::max(sums.within / sizes.df_within(), least);
  // Sessions that happen to lie closer than their launches make no new one lie closer.
  const double between = std::max(sums.between / sizes.df_between(), within);
  const double of_sessions = (between - within) / sizes.a_session() * (1 + sizes.weight_of_mean());
  const double of_launches = within * (1 / new_launches + 1 / sizes.launches);
  const double variance = of_sessions + of_launches;
  // Each part on the degrees of freedom of what it is estimated from, so that the whole has no
  // fewer than the sessions give.
  const double df = variance * variance /
                    (of_sessions * of_sessions / sizes.df_between() +
                     of_launches * of_launches / sizes.df_within());
  return {std::sqrt(variance), df};
}

} // namespace

std::vector<SessionSpread> session_spreads(std::span<const LaunchValues> sessions,
                                           std::size_t new_launches) {
  const Sizes sizes = sizes_of(sessions);
  if (sessions.size() < sessions_of_a_spread || sizes.df_within() < 1)
    return {};
  std::vector<SessionSpread> spreads(sessions.front().front().size());
  for (std::size_t column = 0; column < spreads.size(); ++column)
    spreads[column] = spread_of(square_sums(sessions, column, sizes.launches), sizes,
                                static_cast<double>(new_launches));
  return spreads;
}

double below_margin_p(const ColumnTest &column, const SessionSpread &spread, double margin) {
  return student_t_cdf((std::log(column.ratio) - std::log1p(margin)) / spread.standard_error,
                       spread.df);
}

void widen_by_sessions(std::vector<ColumnTest> &columns, std::span<const SessionSpread> spreads,
                       double alpha) {
  if (spreads.empty())
    return;
  std::vector<double> slower, faster;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double t = std::log(columns[i].ratio) / spreads[i].standard_error;
    slower.push_back(student_t_cdf(-t, spreads[i].df));
    faster.push_back(student_t_cdf(t, spreads[i].df));
  }
  slower = holm_adjusted(slower);
  faster = holm_adjusted(faster);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ColumnTest &column = columns[i];
    const auto &[error, df] = spreads[i];
    column.p_slower = std::max(column.p_slower, slower[i]);
    column.p_faster = std::max(column.p_faster, faster[i]);
    column.half_width =
        std::max(column.half_width,
                 column.ratio * std::expm1(student_t_quantile(1 - alpha / 2, df) * error));
    const double critical = -student_t_quantile(alpha / static_cast<double>(columns.size()), df);
    column.smallest_detectable =
        std::max(column.smallest_detectable,
                 std::expm1((critical + student_t_quantile(detectable_power, df)) * error));
  }
}

} // namespace bootperf
