#include "capture/launcher/fallback_launcher.h"

#include <algorithm>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "capture/launcher/failure.h"

namespace bootperf {

namespace {

bool can_open_kvm() {
  return ::access("/dev/kvm", R_OK | W_OK) == 0;
}

// Whether a failed launch may have failed for want of KVM: it was not under TCG, and nothing that
// has to do with the guest or the appliance explains it.
bool may_be_kvm(const BootLog &log) {
  return !log.ok() && log.value("accel") != "tcg" && log.end &&
         !log.end->reason.starts_with(failure::kernel_panic) &&
         !log.end->reason.starts_with(failure::appliance);
}

LaunchRequest with(LaunchRequest request, Accelerator accelerator) {
  request.accelerator = accelerator;
  return request;
}

std::string without_prefix(const std::string &reason) {
  return reason.starts_with(failure::kvm) ? reason.substr(failure::kvm.size()) : reason;
}

} // namespace

FallbackLauncher::FallbackLauncher(Launcher &inner, FallbackOptions options)
    : inner_(inner), options_(std::move(options)) {
  if (!options_.kvm_present) {
    options_.kvm_present = can_open_kvm;
  }
}

Result<BootLog> FallbackLauncher::launch(const LaunchRequest &request) {
  // Counting is under TCG anyway and shows nothing about KVM.
  if (request.accelerator == Accelerator::tcg || request.mode == Mode::counted) {
    return inner_.launch(request);
  }
  std::unique_lock lock(mutex_);
  if (decision_ == Decision::open) {
    return probe(request);
  }
  const bool fallen_back =
      decision_ == Decision::tcg && request.accelerator == Accelerator::automatic;
  lock.unlock();
  return inner_.launch(fallen_back ? with(request, Accelerator::tcg) : request);
}

Result<BootLog> FallbackLauncher::probe(const LaunchRequest &request) {
  if (request.accelerator == Accelerator::automatic && !options_.kvm_present()) {
    return inner_.launch(request);
  }
  auto probing = request;
  probing.deadline = std::min(request.deadline, options_.probe_deadline);
  auto log = inner_.launch(probing);
  if (!log || !may_be_kvm(*log)) {
    if (log && log->ok() && log->value("accel") == "kvm") {
      decision_ = Decision::kvm_works;
    }
    return log;
  }
  const auto reason = without_prefix(log->end->reason);
  if (request.accelerator == Accelerator::kvm) {
    return fail(
        ErrorKind::not_measured,
        fmt::format("{}{}. Run without --accel kvm to measure under TCG.", failure::kvm, reason));
  }
  auto retried = inner_.launch(with(request, Accelerator::tcg));
  // Had it failed under TCG too, KVM would not be to blame.
  if (retried && retried->ok()) {
    decision_ = Decision::tcg;
    if (options_.warn) {
      options_.warn(fmt::format("KVM does not work on this machine ({}): the whole session runs "
                                "under TCG, and its class says tcg",
                                reason));
    }
  }
  return retried;
}

} // namespace bootperf
