#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "campaign/recording.h"
#include "capture/launcher/launcher.h"
#include "session/session.h"

namespace bootperf {

/// Many launches: the one engine for everything that launches. It warms up, sets aside and repeats
/// launches that rebuilt the appliance, makes several at a time, gives up on what never comes up,
/// and says how far it is. What is launched next, and whether anything is, its callers decide: it
/// knows no verdicts.

/// What can be launched: a scenario of a subject.
struct Variant {
  std::string scenario; ///< "Launch/traced"
  std::string subject = "head";
  bool cold = false;          ///< every launch rebuilds the appliance, on purpose
  LaunchRequest request = {}; ///< without its log
  std::string name = {};      ///< in an error, where the scenario alone does not tell it
};

/// A launch that is to be made.
struct Order {
  const Variant *variant = nullptr; ///< outlives the order
  std::string what;                 ///< for people: "Launch/traced 3/10"
  std::optional<std::int64_t> block = {};
};

/// Launches that are made before the next decision.
struct Round {
  std::vector<Order> orders;
  int jobs = 1; ///< launches at a time
};

/// Launches that do not count.
struct WarmUps {
  int launches = 1;                      ///< of each variant, at least
  std::chrono::duration<double> least{}; ///< they go on for at least this long
};

/// How far the launches are.
struct CampaignStanding {
  std::chrono::nanoseconds so_far{0}; ///< since the first one began
  int made = 0, planned = 0;
};

/// Is told how the launches go, by one thread at a time.
class CampaignObserver {
public:
  virtual ~CampaignObserver() = default;

  virtual void launching(const std::string &what, const CampaignStanding &standing) = 0;
  virtual void launched(const std::string &what, const Launch &launch,
                        const CampaignStanding &standing) = 0;
  /// The launch that has just ended will be made once more.
  virtual void repeats() {}
  /// Something that people should know, said once a session.
  virtual void warned(const std::string &warning) = 0;
};

/// Whether nothing else can be launched after an error either: the user has interrupted, the disk
/// is full. A launch that could not be made, or that libguestfs refused, concerns only itself.
bool stops_everything(const Error &error);

class Campaign {
public:
  /// Both outlive it. What came up in the recording's session before is known to come up.
  Campaign(Recording &recording, CampaignObserver &observer);

  /// How many launches will be made in all, warm-ups included, as far as is known.
  void plan(int launches) { planned_ = launches; }
  CampaignStanding standing() const;

  /// Warms the variants up in turn; what says which one it is, from 1. One that is given up is left
  /// out. An error when no launch could be made.
  Result<void> warm_up(const std::vector<const Variant *> &variants, const WarmUps &warm_ups,
                       const std::function<std::string(const Variant &, int)> &what);

  /// Makes launches that count, so many at a time, and gives them in the order of the orders; each
  /// may have failed. Instead of a launch an error stands where none could be made: the user has
  /// interrupted, the disk is full, three launches in a row rebuilt the appliance, or one of the
  /// variants was given up before.
  std::vector<Result<Recorded>> launch_all(const Round &round);

  /// Round after round until the callback has no more: it is asked when everything of the round
  /// before has ended. An error as above, or once a variant is given up.
  Result<void> run(const std::function<std::optional<Round>()> &next);

  /// Why a variant is not launched any more: its first three launches failed, or one could not be
  /// made. A launch that hangs costs its whole deadline, so that is not waited for in each.
  std::optional<Error> given_up(const Variant &variant) const;

private:
  struct Fate {
    int failures = 0; ///< in a row from the first launch on; -1 once one came up
    std::optional<Error> given_up;
  };

  Result<Recorded> launch_warm(const Order &given);
  Result<Recorded> launch_once(const Order &order, bool warm_up);
  void note(const Variant &variant, const Result<Recorded> &result);
  std::optional<Error> given_up_of(const std::vector<Order> &orders) const;
  CampaignStanding standing_now() const;

  Recording &recording_;
  CampaignObserver &observer_;
  mutable std::mutex mutex_; ///< over what follows and the observer
  std::optional<std::chrono::steady_clock::time_point> began_;
  int made_ = 0, planned_ = 0;
  std::map<std::pair<std::string, std::string>, Fate> fates_; ///< by scenario and subject
};

} // namespace bootperf
