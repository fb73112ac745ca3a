#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "capture/launcher/launcher.h"
#include "phases/rules.h"
#include "profile/launch/profiler.h"
#include "profile/profile.h"
#include "session/session.h"

namespace bootperf {

/// What a function ran in one launch, over all phases.
struct FunctionCount {
  ProfileFunction function;
  std::uint64_t instructions = 0;
};

/// Stands in front of a launcher, and makes those launches that are to be profiled by a profiler;
/// what their functions ran can be asked for afterwards, by the launch of the session.
class ProfilingLauncher : public Launcher {
public:
  /// Both outlive it.
  ProfilingLauncher(Launcher &inner, const Rules &rules) : inner_(inner), rules_(rules) {}

  Result<BootLog> launch(const LaunchRequest &request) override;

  /// The functions that ran most in a launch, longest first; none of one that was not profiled.
  std::vector<FunctionCount> longest_functions(const Launch &launch, std::size_t most) const;

private:
  /// What tells a launch of a session from others: host CPU time and the length of guestfs_launch,
  /// both in ns.
  using Key = std::pair<std::int64_t, std::int64_t>;
  static Key key_of(const Launch &launch);

  Result<Profiler *> profiler_for(const LaunchRequest &request);

  Launcher &inner_;
  const Rules &rules_;
  mutable std::mutex mutex_; ///< over what follows
  std::map<std::string, Profiler> profilers_;
  std::map<Key, Profile> profiles_;
};

} // namespace bootperf
