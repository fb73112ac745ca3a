#include "statistics/two_sample.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "statistics/distributions.h"

namespace bootperf {
namespace {

/// The logs of all launches, baseline first, about their mean, and what a statistic needs of them.
/// One assignment then costs n2 additions a phase: the spread within the groups follows from the
/// sum of the chosen, as the total sum of squares is the same for all assignments.
struct Pooled {
  std::size_t n1 = 0, n2 = 0, phases = 0;
  std::vector<double> deviations; ///< launch-major
  std::vector<double> squares;    ///< per phase, total
  double inverse = 0;             ///< 1/n1 + 1/n2

  std::size_t n() const { return n1 + n2; }
  double df() const { return static_cast<double>(n()) - 2; }
  bool enough() const { return n1 > 0 && n2 > 0 && n() > 2; }
};

Pooled pool(const LaunchValues &baseline, const LaunchValues &current) {
  Pooled pooled;
  pooled.n1 = baseline.size();
  pooled.n2 = current.size();
  pooled.phases = !current.empty() ? current[0].size() : !baseline.empty() ? baseline[0].size() : 0;
  pooled.inverse = 1 / static_cast<double>(pooled.n1) + 1 / static_cast<double>(pooled.n2);
  pooled.deviations.reserve(pooled.n() * pooled.phases);
  for (const LaunchValues *group : {&baseline, &current})
    for (const std::vector<double> &launch : *group)
      for (std::size_t phase = 0; phase < pooled.phases; ++phase)
        pooled.deviations.push_back(std::log(launch[phase]));
  pooled.squares.resize(pooled.phases);
  for (std::size_t phase = 0; phase < pooled.phases; ++phase) {
    double mean = 0;
    for (std::size_t i = phase; i < pooled.deviations.size(); i += pooled.phases)
      mean += pooled.deviations[i] / static_cast<double>(pooled.n());
    for (std::size_t i = phase; i < pooled.deviations.size(); i += pooled.phases) {
      pooled.deviations[i] -= mean;
      pooled.squares[phase] += pooled.deviations[i] * pooled.deviations[i];
    }
  }
  return pooled;
}

double spread_within(const Pooled &pooled, std::size_t phase, double sum) {
  return std::sqrt(std::max(0.0, pooled.squares[phase] - sum * sum * pooled.inverse) / pooled.df());
}

double statistic(const Pooled &pooled, std::size_t phase, double sum) {
  const double spread = std::max(spread_within(pooled, phase, sum), smallest_log_spread);
  return sum * std::sqrt(pooled.inverse) / spread;
}

/// Per phase the sum of the chosen launches' deviations. Nearly all of the test's time goes here,
/// so it walks along the rows.
void add_up(const Pooled &pooled, Chosen chosen, std::vector<double> &sums) {
  std::ranges::fill(sums, 0.0);
  double *const sum = sums.data();
  for (const std::size_t launch : chosen) {
    const double *const row = pooled.deviations.data() + launch * pooled.phases;
    for (std::size_t phase = 0; phase < pooled.phases; ++phase)
      sum[phase] += row[phase];
  }
}

std::vector<double> observed_sums(const Pooled &pooled) {
  std::vector<std::size_t> chosen;
  for (std::size_t launch = pooled.n1; launch < pooled.n(); ++launch)
    chosen.push_back(launch);
  std::vector<double> sums(pooled.phases);
  add_up(pooled, chosen, sums);
  return sums;
}

/// How many of the ascending values reach the statistic.
std::uint64_t reaching(const std::vector<double> &ascending, double value) {
  return static_cast<std::uint64_t>(
      ascending.end() - std::lower_bound(ascending.begin(), ascending.end(), tied(value)));
}

/// What a statistic has to exceed for its p to be at most alpha, from the maxima of the assignments
/// other than the observed one; infinite when no statistic can.
double critical_value(std::vector<double> others, const AssignmentCount &assignments,
                      double alpha) {
  const auto all = static_cast<double>(assignments.visited) + (assignments.exact ? 0 : 1);
  const double allowed = std::floor(alpha * all + 1e-9) - 1;
  if (allowed < 0)
    return std::numeric_limits<double>::infinity();
  const auto rank = static_cast<std::size_t>(allowed);
  if (rank >= others.size())
    return 0;
  std::ranges::nth_element(others, others.begin() + static_cast<std::ptrdiff_t>(rank),
                           std::greater<>());
  return std::max(0.0, others[rank]);
}

} // namespace

TwoSampleTest two_sample_max_t(const LaunchValues &baseline, const LaunchValues &current,
                               double alpha, std::uint64_t seed, std::uint64_t max_exact) {
  const Pooled pooled = pool(baseline, current);
  TwoSampleTest test;
  test.phases.resize(pooled.phases);
  if (!pooled.enough()) {
    for (PhaseTest &phase : test.phases) {
      phase.log_spread = std::numeric_limits<double>::quiet_NaN();
      phase.log_half_width = phase.smallest_detectable = std::numeric_limits<double>::infinity();
    }
    return test;
  }
  std::vector<double> slower; // the maximum over phases in each assignment, for each direction
  std::vector<double> faster;
  std::vector<double> sums(pooled.phases);
  const AssignmentCount assignments =
      for_each_assignment(pooled.n(), pooled.n2, seed, max_exact, [&](Chosen chosen) {
        add_up(pooled, chosen, sums);
        double most = -std::numeric_limits<double>::infinity();
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t phase = 0; phase < pooled.phases; ++phase) {
          const double value = statistic(pooled, phase, sums[phase]);
          most = std::max(most, value);
          least = std::min(least, value);
        }
        slower.push_back(most);
        faster.push_back(-least);
      });
  test.exact = assignments.exact;
  test.permutations = assignments.visited;
  test.smallest_p = permutation_p(assignments.exact ? 1 : 0, assignments);

  std::vector<double> others = slower;
  if (assignments.exact)
    others.pop_back(); // the observed assignment is the last in lexicographic order
  const double critical = critical_value(std::move(others), assignments, alpha);
  std::ranges::sort(slower);
  std::ranges::sort(faster);
  const std::vector<double> observed = observed_sums(pooled);
  for (std::size_t i = 0; i < pooled.phases; ++i) {
    PhaseTest &phase = test.phases[i];
    phase.log_effect = observed[i] * pooled.inverse;
    phase.log_spread = spread_within(pooled, i, observed[i]);
    phase.statistic = statistic(pooled, i, observed[i]);
    phase.p_slower = permutation_p(reaching(slower, phase.statistic), assignments);
    phase.p_faster = permutation_p(reaching(faster, -phase.statistic), assignments);
    const double error =
        std::max(phase.log_spread, smallest_log_spread) * std::sqrt(pooled.inverse);
    phase.log_half_width = student_t_quantile(1 - alpha / 2, pooled.df()) * error;
    phase.smallest_detectable =
        std::expm1((critical + student_t_quantile(detectable_power, pooled.df())) * error);
  }
  return test;
}

std::vector<double> below_margin_p(const LaunchValues &baseline, const LaunchValues &current,
                                   std::span<const double> margins, std::uint64_t seed,
                                   std::uint64_t max_exact) {
  LaunchValues divided = current;
  for (std::vector<double> &launch : divided)
    for (std::size_t phase = 0; phase < launch.size(); ++phase)
      launch[phase] /= 1 + margins[phase];
  const Pooled pooled = pool(baseline, divided);
  if (!pooled.enough())
    return std::vector<double>(margins.size(), 1.0);
  std::vector<double> observed = observed_sums(pooled);
  for (std::size_t phase = 0; phase < pooled.phases; ++phase)
    observed[phase] = -tied(-statistic(pooled, phase, observed[phase]));
  std::vector<std::uint64_t> reached(pooled.phases);
  std::vector<double> sums(pooled.phases);
  const AssignmentCount assignments =
      for_each_assignment(pooled.n(), pooled.n2, seed, max_exact, [&](Chosen chosen) {
        add_up(pooled, chosen, sums);
        for (std::size_t phase = 0; phase < pooled.phases; ++phase)
          reached[phase] += statistic(pooled, phase, sums[phase]) <= observed[phase] ? 1 : 0;
      });
  std::vector<double> result;
  result.reserve(reached.size());
  for (const std::uint64_t count : reached)
    result.push_back(permutation_p(count, assignments));
  return result;
}

std::optional<std::size_t> launches_needed(std::size_t baseline, std::size_t current,
                                           double alpha) {
  if (baseline == 0)
    return std::nullopt;
  for (std::size_t more = 0; more <= 1000; ++more)
    if (const std::size_t n = baseline + current + more;
        n > 2 && current + more > 0 && 1 / static_cast<double>(combinations(n, baseline)) <= alpha)
      return more;
  return std::nullopt;
}

std::vector<ColumnTest> describe_two_samples(const LaunchValues &baseline,
                                             const LaunchValues &current,
                                             const TwoSampleTest &test) {
  std::vector<ColumnTest> columns(test.phases.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const PhaseTest &tested = test.phases[i];
    const double ratio = std::exp(tested.log_effect);
    columns[i] = {.baseline_mean = geometric_mean(baseline, i),
                  .current_mean = geometric_mean(current, i),
                  .ratio = ratio,
                  .half_width = ratio * std::expm1(tested.log_half_width),
                  .p_slower = tested.p_slower,
                  .p_faster = tested.p_faster,
                  .smallest_detectable = tested.smallest_detectable};
  }
  return columns;
}

namespace {

// All of them where they are few, whatever one costs.
std::uint64_t most_assignments(const LaunchValues &baseline, const LaunchValues &current,
                               std::size_t columns, const ErrorRates &rates,
                               std::uint64_t max_exact) {
  const std::size_t n = baseline.size() + current.size();
  return combinations(n, current.size()) <= max_exact
             ? max_exact
             : affordable_draws(current.size(), columns, std::min(rates.alpha, rates.alpha_faster),
                                max_exact);
}

} // namespace

TwoSampleDecision decide_two_samples(const LaunchValues &baseline, const LaunchValues &current,
                                     const std::vector<ColumnMargin> &margins,
                                     const ErrorRates &rates, const Permutations &permutations,
                                     std::span<const SessionSpread> spreads) {
  const std::uint64_t most =
      most_assignments(baseline, current, margins.size(), rates, permutations.max_exact);
  const TwoSampleTest test =
      two_sample_max_t(baseline, current, rates.alpha, permutations.seed, most);
  TwoSampleDecision decision{{}, test.exact, test.permutations, test.smallest_p};
  std::vector<double> ratios;
  std::vector<ColumnTest> columns = describe_two_samples(baseline, current, test);
  widen_by_sessions(columns, spreads, rates.alpha);
  for (const ColumnTest &column : columns) {
    ratios.push_back(margins[ratios.size()].ratio_at(column.baseline_mean));
    decision.columns.push_back({column, Verdict::inconclusive, ratios.back(), 0});
  }
  std::vector<double> below = below_margin_p(baseline, current, ratios, permutations.seed, most);
  // Both tests have to show it.
  for (std::size_t i = 0; i < spreads.size(); ++i)
    below[i] = std::max(below[i], below_margin_p(decision.columns[i], spreads[i], ratios[i]));
  for (std::size_t i = 0; i < below.size(); ++i)
    decision.columns[i].verdict = column_verdict(decision.columns[i], ratios[i], below[i], rates);
  return decision;
}

} // namespace bootperf
