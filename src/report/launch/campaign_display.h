#pragma once

#include <string>

#include "campaign/campaign.h"
#include "report/launch/progress.h"

namespace bootperf {

/// Says how the launches of a campaign go: one line that rewrites itself, or a line a launch
/// (Progress).
class CampaignDisplay : public CampaignObserver {
public:
  /// The progress outlives it.
  explicit CampaignDisplay(Progress &progress) : progress_(progress) {}
  void launching(const std::string &what, const CampaignStanding &standing) override;
  void launched(const std::string &what, const Launch &launch,
                const CampaignStanding &standing) override;
  void repeats() override { progress_.add_one(); }
  void warned(const std::string &warning) override;

private:
  Progress &progress_;
};

} // namespace bootperf
