#include "guest/guest_launcher.h"

#include <algorithm>

namespace bootperf {

GuestLauncher::GuestLauncher(Launcher &appliances, const std::vector<Guest> &guests,
                             const std::filesystem::path &scratch,
                             const std::function<void(const std::string &)> &warn)
    : appliances_(appliances), guests_(guests), commands_(guests, scratch),
      fallback_(
          commands_,
          {.probe_deadline = FallbackOptions().probe_deadline, .kvm_present = {}, .warn = warn}) {}

Result<BootLog> GuestLauncher::launch(const LaunchRequest &request) {
  if (request.guest.empty())
    return appliances_.launch(request);
  const auto guest = std::ranges::find(guests_, request.guest, &Guest::name);
  const bool may_fall_back = guest != guests_.end() && guest->names("${accel}");
  return may_fall_back ? fallback_.launch(request) : commands_.launch(request);
}

} // namespace bootperf
