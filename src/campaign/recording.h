#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "phases/rules.h"
#include "session/collect.h"
#include "session/session.h"

namespace bootperf {

/// Where temporary directories are made: TMPDIR, else /var/tmp, where there is room for an
/// appliance.
std::filesystem::path scratch_place();

/// Where a recording's files are, and what is known of its subjects.
struct RecordingPlaces {
  std::filesystem::path session;                   ///< replaced after each launch
  std::filesystem::path logs;                      ///< directory of the boot logs
  std::filesystem::path scratch = scratch_place(); ///< where cold launches build their appliance
  /// Versions of what is launched, by subject; a subject without an entry has those of its logs.
  std::map<std::string, std::map<std::string, std::string>> versions = {};
  /// What has to be said about the launches so far (KVM does not work, …), asked after each one.
  std::function<std::vector<std::string>()> warnings = [] { return std::vector<std::string>(); };
};

/// A cold cache is warm after one launch; one that is rebuilt this often in a row never gets warm.
inline constexpr int most_rebuilds = 3;

/// What is said then; of what was launched (a scenario, a subject).
Error never_warm(const std::string &launched);

/// A launch that was made.
struct Recorded {
  std::size_t index = 0;             ///< in the session's launches; it may have failed
  Launch launch;                     ///< a copy: others may be recorded meanwhile
  std::vector<std::string> warnings; ///< new ones, for people
};

/// Makes launches and puts each into the session and onto the disk as soon as it has ended. Several
/// threads may launch at a time.
class Recording {
public:
  Recording(Launcher &launcher, const Rules &rules, RecordingPlaces places, Session session);

  /// Makes one launch; the request's log is chosen here, and a cold one gets an empty cache
  /// directory of its own. An error when no launch could be made; once the user has interrupted,
  /// the disk is full, or another kernel or qemu was launched than the session's samples are of,
  /// every later call gives the same error.
  Result<Recorded> launch(LaunchRequest request, LaunchLabel label);

  /// Fixes the budget of a comparison, once it is known how many launches a time is good for. Not
  /// while others launch.
  void set_most_launches(std::uint64_t launches) {
    if (session_.comparison)
      session_.comparison->most_launches = launches;
  }

  /// Says what levers are tried, and which of them cannot be. Not while others launch.
  void set_what_if(WhatIf what_if) { session_.what_if = std::move(what_if); }

  /// Says what launches at once came to so far. Not while others launch.
  void set_capacity(CapacityRun capacity) { session_.capacity = std::move(capacity); }

  /// Not while others launch.
  const Session &session() const { return session_; }
  /// What stopped everything, if anything did.
  const std::optional<Error> &stopped() const { return stopped_; }

private:
  Result<Recorded> record(const LaunchLabel &label, Mode mode, const BootLog &log, Launch launch);
  std::optional<Error> changed_since(const LaunchLabel &label, const BootLog &log,
                                     const Launch &launch) const;
  void describe(const LaunchLabel &label, Mode mode, const BootLog &log, const Launch &launch);
  std::vector<std::string> new_warnings();
  Error stop(Error error);

  Launcher &launcher_;
  const Rules &rules_;
  RecordingPlaces places_;
  Session session_;
  std::mutex mutex_; ///< over the session
  std::optional<Error> stopped_;
  int logs_ = 0; ///< boot logs asked for so far
};

} // namespace bootperf
