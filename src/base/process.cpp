#include "base/process.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/clock.h"

extern char **environ;

namespace bootperf {

namespace {

constexpr int not_executed = 127; // what shells exit with

/// All that the child needs, made before the fork: other threads may hold the allocator's lock.
struct Prepared {
  std::string program;
  std::vector<std::string> words, assignments;
  std::vector<char *> arguments, variables;
  int input = -1, output = -1, errors = -1;
  bool ends_with_its_parent = false;
  pid_t parent = -1;
};

std::vector<char *> pointers(std::vector<std::string> &strings) {
  std::vector<char *> list;
  list.reserve(strings.size() + 1);
  for (auto &text : strings) {
    list.push_back(text.data());
  }
  list.push_back(nullptr);
  return list;
}

// With SIGCHLD ignored a child that ends is gone before anybody can ask how it ended.
void keep_children() {
  struct sigaction now = {};
  ::sigaction(SIGCHLD, nullptr, &now);
  const bool discarded =
      now.sa_handler == SIG_IGN || (static_cast<unsigned>(now.sa_flags) & SA_NOCLDWAIT) != 0;
  if (discarded) {
    ::signal(SIGCHLD, SIG_DFL);
  }
}

// What follows runs in the child, where only what is safe in a signal handler may be called.

void reset_signals() {
  struct sigaction usual = {};
  usual.sa_handler = SIG_DFL;
  struct sigaction hangup = {};
  ::sigaction(SIGHUP, nullptr, &hangup);
  for (int signal = 1; signal < NSIG; ++signal) {
    if (signal != SIGHUP || hangup.sa_handler != SIG_IGN) {
      ::sigaction(signal, &usual, nullptr); // fails for SIGKILL and the like, which have no other
    }
  }
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// Copies above the standard descriptors first: one of them may be another's place.
bool place_descriptors(const Prepared &child) {
  const int given[] = {child.input, child.output, child.errors};
  int copies[] = {-1, -1, -1};
  for (int i = 0; i < 3; ++i) {
    copies[i] = ::fcntl(given[i], F_DUPFD_CLOEXEC, 3);
    if (copies[i] < 0 && errno != EBADF) {
      return false;
    }
  }
  for (int i = 0; i < 3; ++i) {
    // What this program has not, its child has not either.
    if (copies[i] < 0) {
      ::close(i);
    } else if (::dup2(copies[i], i) < 0) {
      return false;
    }
  }
  return true;
}

[[noreturn]] void become(const Prepared &child, int report) {
  ::setpgid(0, 0);
  reset_signals();
  if (child.ends_with_its_parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != child.parent) {
      ::_exit(not_executed);
    }
  }
  if (place_descriptors(child)) {
    ::execve(child.program.c_str(), child.arguments.data(), child.variables.data());
  }
  const int error = errno;
  [[maybe_unused]] const auto written = ::write(report, &error, sizeof error);
  ::_exit(not_executed);
}

/// What errno said in the child, or 0 when it became the program.
int wait_for_exec(int report) {
  int error = 0;
  ssize_t got = -1;
  do {
    got = ::read(report, &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  return got == sizeof error ? error : 0;
}

int reap(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return exit_status(status);
}

enum class Reading { more, nothing_yet, ended };

// Appends what a pipe holds, at most a buffer of it.
Reading read_available(int descriptor, std::string &text) {
  char buffer[4096];
  const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
  if (got < 0) {
    return errno == EINTR ? Reading::more : errno == EAGAIN ? Reading::nothing_yet : Reading::ended;
  }
  text.append(buffer, static_cast<std::size_t>(got));
  return got == 0 ? Reading::ended : Reading::more;
}

tl::unexpected<Error> cannot_run(const std::string &program, int error) {
  return fail(ErrorKind::io, fmt::format("cannot execute {}: {}", program,
                                         std::generic_category().message(error)));
}

} // namespace

Result<pid_t> start_process(const ProcessStart &start) {
  if (start.arguments.empty()) {
    return fail(ErrorKind::usage, "no command to run");
  }
  Prepared child;
  const auto found = find_program(start.arguments[0]);
  child.program = found.empty() ? start.arguments[0] : found.string();
  if (found.empty() && child.program.find('/') == std::string::npos) {
    return cannot_run(child.program, ENOENT);
  }
  child.words = start.arguments;
  child.arguments = pointers(child.words);
  for (const auto &[name, value] : start.environment ? *start.environment : own_environment()) {
    child.assignments.push_back(name + '=' + value);
  }
  child.variables = pointers(child.assignments);
  const FileDescriptor nothing(start.input < 0 ? ::open("/dev/null", O_RDONLY | O_CLOEXEC) : -1);
  child.input = start.input < 0 ? nothing.get() : start.input;
  child.output = start.output;
  child.errors = start.errors;
  child.ends_with_its_parent = start.ends_with_its_parent;
  child.parent = ::getpid();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return fail(ErrorKind::io, "cannot create a pipe");
  }
  const FileDescriptor report(ends[0]);
  FileDescriptor report_end(ends[1]);

  keep_children();
  // No handler of this program may run in the child, which shares its descriptors.
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_BLOCK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) {
    become(child, report_end.get());
  }
  const int no_fork = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (pid < 0) {
    return cannot_run(start.arguments[0], no_fork);
  }
  report_end.close();
  if (const int error = wait_for_exec(report.get()); error != 0) {
    reap(pid);
    return cannot_run(start.arguments[0], error);
  }
  return pid;
}

int exit_status(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

FileDescriptor process_handle(pid_t pid) {
  return FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

Result<CommandOutput> run_command(const std::vector<std::string> &arguments,
                                  std::chrono::milliseconds limit, std::size_t max_bytes) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return fail(ErrorKind::io, "cannot create a pipe");
  }
  const FileDescriptor read_end(ends[0]);
  FileDescriptor write_end(ends[1]);
  ::fcntl(read_end.get(), F_SETFL, O_NONBLOCK);
  ProcessStart start;
  start.arguments = arguments;
  start.output = write_end.get();
  start.errors = write_end.get();
  const auto child = start_process(start);
  if (!child) {
    return tl::unexpected(child.error());
  }
  write_end.close();
  const std::int64_t deadline = monotonic_ns() + limit.count() * 1'000'000;
  const FileDescriptor handle = process_handle(*child);
  CommandOutput output;
  // A group of its own: what the command started ends with it, however it ended, while its number
  // cannot yet belong to anybody else. A wrapper may leave something in the background that holds
  // the output open.
  const auto end_group = [&] {
    ::kill(-*child, SIGKILL);
    return reap(*child);
  };
  const auto give_up = [&](std::string why) {
    end_group();
    return fail(ErrorKind::io, fmt::format("{}: {}", arguments[0], why));
  };
  bool open = true, ended = false;
  while (!ended) {
    const std::int64_t left = (deadline - monotonic_ns()) / 1'000'000;
    pollfd waiting[] = {{open ? read_end.get() : -1, POLLIN, 0}, {handle.get(), POLLIN, 0}};
    const int ready = left > 0 ? ::poll(waiting, 2, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) {
      continue;
    }
    if (ready <= 0) {
      return give_up(fmt::format("did not finish within {} ms", limit.count()));
    }
    Reading read = open ? Reading::more : Reading::ended;
    while (read == Reading::more) {
      read = read_available(read_end.get(), output.text);
      if (output.text.size() > max_bytes) {
        return give_up(fmt::format("more than {} bytes of output", max_bytes));
      }
    }
    open = read != Reading::ended;
    // Without a handle the end of its output has to do for its end.
    ended = waiting[1].revents != 0 || (!open && !handle);
  }
  output.status = end_group();
  return output;
}

std::string output_of(const std::vector<std::string> &command) {
  auto output = run_command(command);
  return output && output->status == 0 ? std::move(output->text) : std::string();
}

void use_default_signals() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGINT, SIGCHLD}) {
    ::signal(signal, SIG_DFL);
    ::sigaddset(&set, signal);
  }
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

Variables own_environment(const Variables &changes) {
  Variables variables;
  for (char **entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string assignment = *entry;
    const auto equals = assignment.find('=');
    if (equals != std::string::npos) {
      variables[assignment.substr(0, equals)] = assignment.substr(equals + 1);
    }
  }
  for (const auto &[name, value] : changes) {
    variables[name] = value;
  }
  return variables;
}

std::filesystem::path program_directory() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
}

std::filesystem::path find_program(std::string_view name) {
  if (name.find('/') != std::string_view::npos) {
    const std::filesystem::path path(name);
    return ::access(path.c_str(), X_OK) == 0 ? path : std::filesystem::path();
  }
  const char *variable = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe)
  std::string_view rest = variable == nullptr ? "/usr/bin:/bin" : variable;
  while (!rest.empty()) {
    const auto directory = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(rest.size(), directory.size() + 1));
    const auto path = std::filesystem::path(directory) / name;
    if (!directory.empty() && ::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return {};
}

} // namespace bootperf
