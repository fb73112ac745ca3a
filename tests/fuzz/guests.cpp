#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "guest/guest.h"

namespace bootperf::fuzz {
namespace {

void require_good_guest(const Guest &guest) {
  require(!guest.command.empty(), "a guest is a command");
  require(!guest.name.starts_with("Launch/") && !guest.name.ends_with("/traced"),
          "a guest's scenario is its own");
  // Nothing of it is there, so that nothing is made.
  const GuestFiles files{"/nowhere/kernel", "/nowhere/hello", "/nowhere/scratch"};
  if (guest.names("${initramfs}") || guest.names("${unpacked_kernel}"))
    return;
  if (const auto command = prepare_guest(guest, {}, files); !command)
    require_good(command.error());
  else
    require(command->size() == guest.command.size(), "filled in, a word stays a word");
}

} // namespace

void guests(std::string_view input) {
  const auto parsed = parse_guests(input, "input");
  if (!parsed)
    return require_good(parsed.error());
  for (const Guest &guest : parsed->guests)
    require_good_guest(guest);
}

} // namespace bootperf::fuzz
