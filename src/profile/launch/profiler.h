#pragma once

#include <functional>
#include <memory>

#include "base/error.h"
#include "capture/launcher/launcher.h"
#include "phases/rules.h"
#include "profile/profile.h"

namespace bootperf {

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

  /// One launch, and its boot log where the request wants it. A launch that did not come up is an
  /// error of kind not_measured: half a boot has no profile.
  Result<Profile> launch();

private:
  struct State;
  explicit Profiler(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace bootperf
