#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace bootperf {

/// The variable whose value marks the processes of one launch: they inherit it from the worker.
inline constexpr const char *mark_variable = "BOOTPERF_LAUNCH_MARK";

/// What the worker tells its parent beside the boot log, a JSON object of strings a line, so that
/// whatever it knew is there when it dies: the keys of QemuFacts, and
/// hypervisor         the qemu, or the wrapper in its place, that libguestfs was to run
/// socket_directory   where libguestfs put its sockets
/// error              guestfs_last_error after a launch that failed
/// shutdown_error     the same after guestfs_shutdown
/// guest_error        why a guest that is no appliance did not come up
using WorkerFacts = std::map<std::string, std::string>;

std::string facts_line(const WorkerFacts &facts);

/// All lines laid over each other; lines that are no such object are passed over.
WorkerFacts parse_facts(std::string_view text);

} // namespace bootperf
