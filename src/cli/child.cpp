#include "cli/child.h"

#include <chrono>
#include <csignal>
#include <map>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"

namespace bootperf {
namespace {

constexpr int not_executed = 127;
constexpr std::chrono::seconds burst{1};

sigset_t handed_on() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD})
    sigaddset(&set, signal);
  return set;
}

// Signals are taken out of the queue here rather than in handlers: no global state.
int wait_for(pid_t child, const sigset_t &signals) {
  std::map<int, std::chrono::steady_clock::time_point> last;
  for (;;) {
    int wait_status = 0;
    if (waitpid(child, &wait_status, WNOHANG) == child)
      return exit_status(wait_status);
    const int signal = sigwaitinfo(&signals, nullptr);
    if (signal < 0 || signal == SIGCHLD)
      continue;
    const auto now = std::chrono::steady_clock::now();
    const auto seen = last.find(signal);
    if (seen == last.end() || now - seen->second > burst)
      kill(child, signal);
    last[signal] = now;
  }
}

} // namespace

Result<int> run_child(std::vector<std::string> words, ChildOutput output) {
  const FileDescriptor nowhere(
      output == ChildOutput::only_errors ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1);
  ProcessStart start;
  start.arguments = std::move(words);
  start.input = STDIN_FILENO;
  start.output = output == ChildOutput::inherited           ? STDOUT_FILENO
                 : output == ChildOutput::to_standard_error ? STDERR_FILENO
                                                            : nowhere.get();
  start.ends_with_its_parent = true;

  const sigset_t signals = handed_on();
  sigset_t before;
  sigprocmask(SIG_BLOCK, &signals, &before);
  // Its group is its own: Ctrl-C reaches this program alone, which hands it on once.
  const auto status =
      start_process(start).map([&](pid_t child) { return wait_for(child, signals); });
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (!status)
    return tl::unexpected(status.error());
  if (*status == not_executed) // by the dynamic linker
    return fail(ErrorKind::io, "cannot execute it", {start.arguments[0], 0, 0});
  return *status;
}

} // namespace bootperf
