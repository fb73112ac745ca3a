#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/flags.h"
#include "campaign/campaign_options.h"
#include "capture/launcher/launcher.h"
#include "phases/rules.h"
#include "profile/profile.h"

namespace bootperf {

/// Launches in which every instruction is booked by function, for verbs that show or compare them.

struct ProfiledLaunches {
  int launches = 1;
  std::string what = "profiled launch"; ///< as progress calls one
  std::filesystem::path logs = {};      ///< where boot logs are kept; empty: nowhere
  /// Called after each launch with all that were made so far; its error ends them.
  std::function<Result<void>(const Profile &so_far)> keep = {};
};

/// The flags of such launches, bound to these: those of every launch that make sense where they are
/// made one after the other.
std::vector<Flag> profiled_flags(CampaignOptions &options,
                                 std::map<std::string, std::string> &environment);

/// Makes them one after the other and says on standard error how far they are. An error when one
/// fails, or when nothing can be launched or booked.
Result<Profile> profiled_launches(Launcher &launcher, const LaunchRequest &request,
                                  const Rules &rules, const ProfiledLaunches &wanted);

/// One launch more of a subject whose launches were judged already; not counted among them.
Result<Profile> profiled_once(Launcher &launcher, const LaunchRequest &request, const Rules &rules,
                              const std::string &subject);

} // namespace bootperf
