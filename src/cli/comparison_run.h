#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign.h"
#include "campaign/launch_order.h"
#include "cli/comparison_display.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What a comparison launches.
struct ComparisonPlan {
  std::map<std::string, Mode> scenarios;         ///< "Launch/traced" → traced
  std::map<std::string, LaunchRequest> requests; ///< of "base" and "head", without mode and log
  int warmup = 1;                                ///< of each subject and scenario
  int jobs = 1;                                  ///< counted launches at a time
};

/// Launches base and head in turn until everything is decided or the budget is used up: the
/// campaign makes the launches, the verdict so far says whether more are wanted.
class ComparisonRun {
public:
  /// The recording's session holds the budget and, when it is resumed, the launches before.
  ComparisonRun(const ComparisonPlan &plan, const Policy &policy, Recording &recording,
                ComparisonDisplay &display);

  /// Warm-ups, then blocks, or rounds of counted launches. An error when no launch could be made or
  /// the user has interrupted: the session holds what was launched.
  Result<CheckReport> run();

private:
  using Clock = std::chrono::steady_clock;

  Result<void> warm_up();
  void fix_budget();
  Result<CheckReport> run_blocks();
  std::string why_hopeless(const CheckReport &report, std::uint64_t most) const;
  Result<CheckReport> run_counted();
  Round round_of(const std::vector<PlannedLaunch> &launches, std::int64_t block) const;
  CheckReport judge();
  const Session &session() const { return recording_.session(); }
  std::size_t samples(const std::string &subject) const;

  const Policy &policy_;
  Recording &recording_;
  ComparisonDisplay &display_;
  Campaign campaign_;
  std::vector<Variant> variants_; ///< each scenario of base and head
  std::vector<std::string> scenarios_;
  int warmup_, jobs_;
  bool counted_;
  Clock::time_point began_ = Clock::now();
};

} // namespace bootperf
