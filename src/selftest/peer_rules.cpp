#include "selftest/rules.h"

#include <functional>
#include <span>

#include "statistics/rank_tests.h"
#include "statistics/resampling.h"
#include "statistics/summary.h"

namespace bootperf {
namespace {

constexpr double band = 0.3;
constexpr double alert_ratio = 2;
constexpr double u_test_alpha = 0.05;
constexpr double permutation_alpha = 0.01;
constexpr double permutation_change = 0.05;
constexpr std::size_t permutations = 9'999;

std::vector<double> column_of(const std::vector<PhaseValues> &launches, const std::string &phase) {
  std::vector<double> values;
  for (const PhaseValues &launch : launches)
    values.push_back(launch.at(phase));
  return values;
}

/// One phase in both groups.
struct Sides {
  std::vector<double> base, head;
  double ratio = 1; ///< of the means
};

/// Blames every phase for which the predicate holds.
Ruling blame(const Draw &draw, const RuleContext &context,
             const std::function<bool(const Sides &)> &is_slower) {
  std::vector<Blamed> blamed;
  for (const TracedGate &gate : context.gates) {
    Sides sides{column_of(draw.base, gate.phase), column_of(draw.head, gate.phase)};
    sides.ratio = summarise(sides.head).mean / summarise(sides.base).mean;
    if (is_slower(sides))
      blamed.push_back({gate.phase, sides.ratio});
  }
  return {.fails = !blamed.empty(),
          .named = headline_of(blamed),
          .launches = draw.base.size() + draw.head.size()};
}

Ruling u_test(const Draw &draw, const RuleContext &context, double alpha) {
  return blame(draw, context, [&](const Sides &sides) {
    return sides.ratio > 1 && mann_whitney_p(sides.base, sides.head) < alpha;
  });
}

} // namespace

Ruling rule_by_band(const Draw &draw, const RuleContext &context) {
  // Checkmetrics fails below the band, too.
  return blame(draw, context,
               [](const Sides &sides) { return sides.ratio > 1 + band || sides.ratio < 1 - band; });
}

Ruling rule_by_ratio(const Draw &draw, const RuleContext &context) {
  return blame(draw, context, [](const Sides &sides) { return sides.ratio > alert_ratio; });
}

Ruling rule_by_u_test(const Draw &draw, const RuleContext &context) {
  return u_test(draw, context, u_test_alpha);
}

Ruling rule_by_u_test_bonferroni(const Draw &draw, const RuleContext &context) {
  return u_test(draw, context, u_test_alpha / static_cast<double>(context.gates.size()));
}

Ruling rule_by_permutation(const Draw &draw, const RuleContext &context) {
  return blame(draw, context, [&](const Sides &sides) {
    return sides.ratio > 1 + permutation_change &&
           permutation_of_means_p(sides.base, sides.head, permutations, context.seed) <
               permutation_alpha;
  });
}

} // namespace bootperf
