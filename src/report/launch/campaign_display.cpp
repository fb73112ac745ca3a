#include "report/launch/campaign_display.h"

#include "base/text.h"

namespace bootperf {

void CampaignDisplay::launching(const std::string &what, const CampaignStanding &) {
  progress_.begin(what);
}

void CampaignDisplay::launched(const std::string &what, const Launch &launch,
                               const CampaignStanding &standing) {
  if (!launch.ok)
    progress_.clear();
  progress_.end(what, outcome_text(launch), standing.so_far);
}

void CampaignDisplay::warned(const std::string &warning) {
  progress_.say("WARNING: " + printable(warning));
}

} // namespace bootperf
