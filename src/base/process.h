#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

#include "base/error.h"
#include "base/files.h"

namespace bootperf {

// How other programs are found, started and waited for: the one place that does so. What /proc
// tells about processes that run is in process_table.h.

/// Variables by name.
using Variables = std::map<std::string, std::string>;

/// A program to be started, in a process group of its own.
struct ProcessStart {
  /// Its path, or a name that is looked up as a shell would, and its arguments.
  std::vector<std::string> arguments;
  std::optional<Variables> environment; ///< none: this program's
  // Descriptors of this process; no other one is handed on.
  int input = -1; ///< -1: nothing to be read
  int output = 1;
  int errors = 2;
  /// It gets SIGTERM when the thread that started it ends.
  bool ends_with_its_parent = false;
};

/// Starts a program. It begins with no signal blocked or ignored, whatever this program inherited
/// or set; only an ignored SIGHUP stays so, because nohup asks for it. An error of kind io when the
/// program cannot be executed.
Result<pid_t> start_process(const ProcessStart &start);

/// The status of a process that ended as waitpid() tells it: its exit status, or 128 + the signal
/// that ended it.
int exit_status(int wait_status);

/// A descriptor that becomes readable when the process has ended (Linux 5.3 and later). None when
/// there is no such process.
FileDescriptor process_handle(pid_t pid);

/// What a short command said.
struct CommandOutput {
  int status = 0;   ///< exit_status()
  std::string text; ///< standard output and standard error, as they came
};

/// Runs a command without a shell, with no input, and waits for it; what it leaves running in its
/// group is killed. An error of kind io when it cannot be started, has not ended within the limit
/// (it is killed then) or says more than max_bytes.
Result<CommandOutput> run_command(const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds limit = std::chrono::seconds(10),
                                  std::size_t max_bytes = 1u << 24);

/// What a short command says when it succeeds, else "".
std::string output_of(const std::vector<std::string> &command);

/// Makes SIGINT and SIGCHLD do what they do by default, for every main() to begin with: a caller
/// may have left them ignored or blocked. With SIGCHLD ignored no child can be waited for, and with
/// SIGINT ignored no launch can be interrupted.
void use_default_signals();

/// This program's environment, with these variables set in it.
Variables own_environment(const Variables &changes = {});

/// The directory of the running executable.
std::filesystem::path program_directory();

/// Finds a program as a shell would: through PATH, or as a path when it has a slash. Empty when it
/// is not there.
std::filesystem::path find_program(std::string_view name);

} // namespace bootperf
