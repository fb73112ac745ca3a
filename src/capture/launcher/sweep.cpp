#include "capture/launcher/sweep.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/process.h"
#include "base/process_table.h"
#include "capture/facts/worker_facts.h"

namespace bootperf {

namespace {

constexpr std::string_view prefix = "bootperf-launch-";

// A directory is made first and locked then: a young one may be about to be locked.
constexpr auto young = std::chrono::minutes(1);

// The lock, when nobody else has it. It goes with the process, however that ends.
FileDescriptor lock(const std::filesystem::path &directory) {
  FileDescriptor handle(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (handle && ::flock(handle.get(), LOCK_EX | LOCK_NB) != 0) {
    handle.close();
  }
  return handle;
}

bool is_own(const std::filesystem::path &directory) {
  struct stat status = {};
  return ::lstat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid();
}

// A killed process that has not ended by then hangs in the kernel; nobody can help that.
constexpr std::int64_t longest_death_ns = 5'000'000'000;

std::int64_t nanoseconds(const timeval &time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + std::int64_t{time.tv_usec} * 1'000;
}

// Reaps one child if it has ended; adds its CPU time. False when there is none to be reaped.
bool reap(pid_t pid, int options, std::int64_t &cpu_ns) {
  rusage usage = {};
  int status = 0;
  pid_t reaped = -1;
  do {
    reaped = ::wait4(pid, &status, options, &usage);
  } while (reaped < 0 && errno == EINTR);
  if (reaped <= 0) {
    return false;
  }
  cpu_ns += nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
  return true;
}

void kill_and_await(const std::vector<pid_t> &victims, std::int64_t until_ns) {
  for (const pid_t victim : victims) {
    const auto handle = process_handle(victim);
    ::kill(victim, SIGKILL);
    pollfd ending = {handle.get(), POLLIN, 0};
    while (handle && ::poll(&ending, 1, milliseconds_until(until_ns)) < 0 && errno == EINTR) {
    }
  }
}

} // namespace

Result<ScratchDirectory> ScratchDirectory::make(const std::filesystem::path &parent) {
  std::string name = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(ErrorKind::io,
                "cannot create a temporary directory: " + std::generic_category().message(errno),
                {parent.string()});
  }
  return ScratchDirectory(name, lock(name));
}

ScratchDirectory::ScratchDirectory(ScratchDirectory &&other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}

ScratchDirectory &ScratchDirectory::operator=(ScratchDirectory &&other) noexcept {
  std::swap(path_, other.path_);
  std::swap(lock_, other.lock_);
  return *this;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) {
    std::filesystem::remove_all(path_, ignored);
  }
}

void sweep_abandoned(const std::filesystem::path &parent) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> found;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with(prefix) && is_own(entry->path())) {
      found.push_back(entry->path());
    }
  }
  for (const auto &directory : found) {
    const auto changed = fs::last_write_time(directory, error);
    if (error || changed > fs::file_time_type::clock::now() - young || !lock(directory)) {
      continue;
    }
    const auto facts = parse_facts(read_file(directory / "facts", 1u << 24).value_or(""));
    if (const auto sockets = facts.find("socket_directory"); sockets != facts.end()) {
      sweep_socket_directory(sockets->second);
    }
    fs::remove_all(directory, error);
  }
}

void sweep_socket_directory(const std::filesystem::path &directory) {
  if (directory.is_absolute() && directory.filename().string().starts_with("libguestfs") &&
      is_own(directory)) {
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
  }
}

std::int64_t kill_and_reap(pid_t pid, const std::string &mark) {
  std::int64_t cpu_ns = 0;
  // First the group, while its leader's number cannot belong to anybody else.
  ::kill(-pid, SIGKILL);
  reap(pid, 0, cpu_ns);
  const std::int64_t until = monotonic_ns() + longest_death_ns;
  // A process may fork between the look and the kill, so look until there is nothing to be seen.
  do {
    const auto victims = processes_marked(mark);
    kill_and_await(victims, until);
    for (const pid_t victim : victims) {
      reap(victim, WNOHANG, cpu_ns);
    }
    while (reap(-pid, WNOHANG, cpu_ns)) {
    }
    if (victims.empty()) {
      break;
    }
  } while (monotonic_ns() < until);
  return cpu_ns;
}

void adopt_orphans() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

} // namespace bootperf
