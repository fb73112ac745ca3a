#include "cli/child.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bootperf {
namespace {

constexpr int cannot_execute = 127;
constexpr std::chrono::seconds burst{1};

sigset_t handed_on() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD})
    sigaddset(&set, signal);
  return set;
}

[[noreturn]] void become(const std::vector<char *> &arguments, ChildOutput output,
                         const sigset_t &mask, pid_t parent) {
  // A group of its own: Ctrl-C reaches this program alone, which hands it on once.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent)
    _exit(cannot_execute);
  if (output == ChildOutput::to_standard_error)
    dup2(STDERR_FILENO, STDOUT_FILENO);
  sigprocmask(SIG_SETMASK, &mask, nullptr);
  execv(arguments[0], arguments.data());
  _exit(cannot_execute);
}

int status_of(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

// Signals are taken out of the queue here rather than in handlers: no global state.
int wait_for(pid_t child, const sigset_t &signals) {
  std::map<int, std::chrono::steady_clock::time_point> last;
  for (;;) {
    int wait_status = 0;
    if (waitpid(child, &wait_status, WNOHANG) == child)
      return status_of(wait_status);
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
  std::vector<char *> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string &word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const sigset_t signals = handed_on();
  sigset_t before;
  sigprocmask(SIG_BLOCK, &signals, &before);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0)
    become(arguments, output, before, parent);
  const int error = errno;
  const int status = child < 0 ? cannot_execute : wait_for(child, signals);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (child < 0 || status == cannot_execute)
    return fail(ErrorKind::io,
                std::string("cannot run it") +
                    (child < 0 ? std::string(": ") + std::strerror(error) : ""),
                {words[0], 0, 0});
  return status;
}

} // namespace bootperf
