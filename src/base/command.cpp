#include "base/command.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/file_descriptor.h"
#include "base/process_handle.h"

extern char **environ;

namespace bootperf {

namespace {

struct Child {
  pid_t pid = -1;
  FileDescriptor output;
};

Result<Child> start(const std::vector<std::string> &arguments) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return fail(ErrorKind::io, "cannot create a pipe");
  }
  Child child{-1, FileDescriptor(ends[0])};
  const FileDescriptor write_end(ends[1]);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // A group of its own, so that what the command started can be killed with it.
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);

  std::vector<char *> argv;
  for (const auto &argument : arguments) {
    argv.push_back(const_cast<char *>(argument.c_str()));
  }
  argv.push_back(nullptr);
  const int code = ::posix_spawnp(&child.pid, argv[0], &actions, &attributes, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (code != 0) {
    return fail(ErrorKind::io, fmt::format("cannot execute {}: {}", arguments[0],
                                           std::generic_category().message(code)));
  }
  return child;
}

int reap(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

Result<CommandOutput> run_command(const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds limit, std::size_t max_bytes) {
  if (arguments.empty()) {
    return fail(ErrorKind::usage, "no command to run");
  }
  auto child = start(arguments);
  if (!child) {
    return tl::unexpected(child.error());
  }
  const std::int64_t deadline = monotonic_ns() + limit.count() * 1'000'000;
  CommandOutput output;
  const auto give_up = [&](std::string why) {
    ::kill(-child->pid, SIGKILL);
    reap(child->pid);
    return fail(ErrorKind::io, fmt::format("{}: {}", arguments[0], why));
  };
  while (true) {
    const std::int64_t left = (deadline - monotonic_ns()) / 1'000'000;
    pollfd waiting = {child->output.get(), POLLIN, 0};
    const int ready = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) {
      continue;
    }
    if (ready <= 0) {
      return give_up(fmt::format("did not finish within {} ms", limit.count()));
    }
    char buffer[4096];
    const ssize_t got = ::read(child->output.get(), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    output.text.append(buffer, static_cast<std::size_t>(got));
    if (output.text.size() > max_bytes) {
      return give_up(fmt::format("more than {} bytes of output", max_bytes));
    }
  }
  // It may close its output and live on: it still has to end in time.
  const FileDescriptor handle = process_handle(child->pid);
  const std::int64_t left = std::max<std::int64_t>(deadline - monotonic_ns(), 0) / 1'000'000;
  pollfd ending = {handle.get(), POLLIN, 0};
  if (handle && ::poll(&ending, 1, static_cast<int>(left)) == 0) {
    return give_up(fmt::format("did not finish within {} ms", limit.count()));
  }
  output.status = reap(child->pid);
  return output;
}

} // namespace bootperf
