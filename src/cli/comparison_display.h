#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "campaign/campaign.h"
#include "report/text/style.h"
#include "verdict/explain/report.h"

namespace bootperf {

/// Shows a running comparison: on a terminal one line for what is launched and one for each
/// undecided phase, rewritten in place; elsewhere a line a launch and one a look. Not for several
/// threads at once.
class ComparisonDisplay : public CampaignObserver {
public:
  ComparisonDisplay(std::ostream &out, bool terminal, TextStyle style);

  void launching(const std::string &what, const CampaignStanding &standing) override;
  void launched(const std::string &what, const Launch &launch,
                const CampaignStanding &standing) override;
  void warned(const std::string &warning) override;
  /// How the comparison stands now.
  void standing(const CheckReport &report);
  /// A line that stays.
  void say(const std::string &text);
  /// Leaves a clean line for other output.
  void clear();

private:
  void draw();

  std::ostream &out_;
  bool terminal_;
  TextStyle style_;
  std::string line_;
  std::vector<std::string> phases_;
  std::size_t looks_ = 0;
  std::size_t drawn_ = 0; ///< lines on the screen
};

} // namespace bootperf
