#pragma once

// The comparison of single scenarios: by wall time in blocks, by instructions of counted launches.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "statistics/block_scores.h"
#include "verdict/explain/places.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

struct CompareOptions {
  std::optional<Metric> metric; ///< overrides: instructions of counted scenarios, wall otherwise
  /// Base and head are sessions recorded apart: wall time tells the machine's state from the
  /// subject as little as in a check against a baseline, so it is advisory.
  bool recorded_apart = false;
  std::size_t flips = 9'999;
  ScoreKind scores = clipped_mean_scores; ///< docs/statistics.md says why these
};

/// Compares scenarios by wall time, block by block, the gated phases of all of them as one family.
/// One check a scenario, in their order.
std::vector<ScenarioCheck> compare_blocks(const Session &session,
                                          const std::vector<std::string> &scenarios,
                                          const Policy &policy, const CompareOptions &options);

/// Compares a counted scenario's launches of base and head by the exact two-sample permutation
/// max-T. They were made in random order, so that they are exchangeable when nothing differs; the
/// looks after each round share alpha.
ScenarioCheck compare_counted(const Session &session, const std::string &scenario,
                              const Policy &policy);

/// What every comparison of a scenario begins with: the subjects' names, the budget, the launches
/// that failed, and the reason when they bar it.
ScenarioCheck begin_comparison(const Session &session, const std::string &scenario, Metric metric,
                               const Policy &policy);

/// What every comparison ends with, once its phases have verdicts: the places below those that
/// moved, the negative controls, and the verdict of the scenario. A control that moved in either
/// direction by its tolerance or more, or that was not measured, makes it "not measured", and so
/// does a reason that bars it.
void end_comparison(ScenarioCheck &check, const Session &session, const Policy &policy,
                    const LevelTest &test);

} // namespace bootperf
