#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "phases/rules.h"
#include "profile/profile.h"

namespace bootperf {

/// A launch that was made.
struct ProfiledLaunch {
  BootLog log;
  std::optional<Profile> profile; ///< none when it did not come up: half a boot has no profile
};

/// Makes launches in which every instruction is booked by phase and function. The appliance's
/// symbols are asked for once, which takes a launch of its own where they are not known yet.
class Profiler {
public:
  /// What it does at the moment, for people who wait: "asking the appliance for its symbols".
  using Says = std::function<void(const std::string &)>;

  /// Launcher and rules outlive it. An error when the appliance cannot be launched or asked.
  static Result<Profiler> create(Launcher &launcher, const LaunchRequest &request,
                                 const Rules &rules, const Says &says);
  Profiler(Profiler &&) noexcept;
  ~Profiler();

  /// One launch, its boot log in this file or, without a name, nowhere. May be called by several
  /// threads.
  Result<ProfiledLaunch> launch(const std::filesystem::path &log = {});

private:
  struct State;
  explicit Profiler(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace bootperf
