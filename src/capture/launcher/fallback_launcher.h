#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>

#include "capture/launcher/launcher.h"

namespace bootperf {

struct FallbackOptions {
  /// How long a launch may take that shows whether KVM works. Launches under KVM take seconds, and
  /// the first may have to build the appliance.
  std::chrono::milliseconds probe_deadline{90'000};
  /// Whether libguestfs would try KVM at all; by default whether /dev/kvm can be opened.
  std::function<bool()> kvm_present;
  /// Called once, with a sentence for people, when the session falls back to TCG.
  std::function<void(const std::string &)> warn;
};

/// Decides once a session whether KVM works. "KVM exists" is not "KVM works": some kinds open and
/// abort or hang, so only a launch with a deadline tells.
///
/// With accelerator auto the first launch that fails for want of KVM is repeated under TCG and all
/// later ones run under TCG. With accelerator kvm such a failure is an error of kind not_measured.
class FallbackLauncher : public Launcher {
public:
  FallbackLauncher(Launcher &inner, FallbackOptions options);

  Result<BootLog> launch(const LaunchRequest &request) override;

private:
  enum class Decision { open, kvm_works, tcg };

  Result<BootLog> probe(const LaunchRequest &request);

  Launcher &inner_;
  FallbackOptions options_;
  std::mutex mutex_; ///< held while the question is open, so that it is asked once
  Decision decision_ = Decision::open;
};

} // namespace bootperf
