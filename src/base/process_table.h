#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace bootperf {

// What /proc tells about processes. A process may end at any moment, so what cannot be read is
// empty, never an error.

/// All processes that this one may look at.
std::vector<pid_t> all_processes();

/// Those whose environment holds the assignment NAME=VALUE: a mark that descendants inherit and
/// keep when they change their group, session or parent. Zombies have no environment.
std::vector<pid_t> processes_marked(std::string_view assignment);

std::vector<std::string> command_line(pid_t pid);
std::filesystem::path executable(pid_t pid);

/// The most memory that it ever had in RAM, in bytes (VmHWM).
std::optional<std::int64_t> peak_memory(pid_t pid);

/// What its open file descriptors point at: "/dev/null", "anon_inode:kvm-vm", "socket:[123]", …
std::vector<std::string> open_files(pid_t pid);

/// The paths of the Unix sockets that it has bound or accepted.
std::vector<std::string> unix_socket_paths(pid_t pid);

} // namespace bootperf
