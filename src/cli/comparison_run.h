#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/launch_order.h"
#include "campaign/recording.h"
#include "capture/launcher.h"
#include "cli/comparison_display.h"
#include "verdict/check.h"
#include "verdict/policy.h"

namespace bootperf {

/// What a comparison launches.
struct ComparisonPlan {
  std::map<std::string, Mode> scenarios;         ///< "Launch/traced" → traced
  std::map<std::string, LaunchRequest> requests; ///< of "base" and "head", without mode and log
  int warmup = 1;                                ///< of each subject and scenario
  int jobs = 1;                                  ///< counted launches at a time
};

/// Launches base and head in turn until everything is decided or the budget is used up.
class ComparisonRun {
public:
  /// The recording's session holds the budget and, when it is resumed, the launches before.
  ComparisonRun(ComparisonPlan plan, const Policy &policy, Recording &recording,
                ComparisonDisplay &display);

  /// Warm-ups, then blocks, or rounds of counted launches. An error when no launch could be made or
  /// the user has interrupted: the session holds what was launched.
  Result<CheckReport> run();

private:
  using Clock = std::chrono::steady_clock;

  Result<void> warm_up();
  void fix_budget();
  Result<CheckReport> run_blocks();
  Result<CheckReport> run_counted();
  Result<void> launch_all(const std::vector<PlannedLaunch> &order, std::int64_t block,
                          const std::string &what);
  Result<void> launch(const PlannedLaunch &planned, std::optional<std::int64_t> block,
                      const std::string &what);
  CheckReport judge();
  std::optional<std::chrono::seconds> left() const;
  std::size_t samples(const std::string &subject) const;

  ComparisonPlan plan_;
  const Policy &policy_;
  Recording &recording_;
  ComparisonDisplay &display_;
  std::mutex mutex_; ///< over the display and the counts: launches may run at the same time
  Clock::time_point began_ = Clock::now();
  std::uint64_t made_ = 0, planned_ = 0; ///< launches, for the time left
  Clock::duration warmups_{0};
};

} // namespace bootperf
