#include "session/session_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

constexpr int most_numbers = 10'000;

enum class Holder { us, our_parent, another };

struct Lock {
  Holder holder = Holder::us;
  pid_t pid = 0; ///< of another
  FileDescriptor descriptor;
};

struct flock whole_file() {
  struct flock range = {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  return range;
}

/// A lock of the process, not of the open file: it says who has it, so a program that was started
/// to write a session for its parent knows that the name is meant for it.
Result<Lock> lock(const std::string &path) {
  for (;;) {
    FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file)
      return fail(ErrorKind::io, std::string("cannot write here: ") + std::strerror(errno),
                  {path, 0, 0});
    struct flock range = whole_file();
    if (::fcntl(file.get(), F_SETLK, &range) != 0) {
      if (errno != EACCES && errno != EAGAIN)
        return Lock{}; // a file system without locks: names are still not reused
      range = whole_file();
      if (::fcntl(file.get(), F_GETLK, &range) != 0 || range.l_type == F_UNLCK)
        continue; // it has just been given back
      return Lock{
          range.l_pid == ::getppid() ? Holder::our_parent : Holder::another, range.l_pid, {}};
    }
    struct stat ours = {}, there = {};
    if (::fstat(file.get(), &ours) == 0 && ::stat(path.c_str(), &there) == 0 &&
        ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
      return Lock{Holder::us, 0, std::move(file)};
    // Whoever had it has removed it meanwhile: the lock is on a file without a name.
  }
}

bool is_special(const struct stat &status) {
  return !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

/// ".NAME.lock" beside the file that the path leads to.
std::string lock_beside(const std::string &path) {
  const fs::path target = link_target(path);
  return (target.parent_path() / ("." + target.filename().string() + ".lock")).string();
}

std::string numbered(const std::string &path, int number) {
  if (number == 1)
    return path;
  const fs::path whole = path;
  return (whole.parent_path() /
          fmt::format("{}-{}{}", whole.stem().string(), number, whole.extension().string()))
      .string();
}

bool has_content(const struct stat &status) {
  return !S_ISREG(status.st_mode) || status.st_size > 0;
}

} // namespace

Result<void> refuse_inputs(const fs::path &output, const std::vector<fs::path> &inputs) {
  for (const fs::path &input : inputs)
    if (!input.empty() && !output.empty() && same_file(output, input))
      return fail(ErrorKind::usage, "the session would overwrite an input",
                  {output.string(), 0, 0});
  return {};
}

Result<SessionFile> SessionFile::take(const std::string &path, Existing existing,
                                      const std::string &force) {
  SessionFile taken(path);
  struct stat status = {};
  if (::stat(path.c_str(), &status) == 0 && is_special(status))
    return taken;
  std::error_code error;
  const std::string beside = lock_beside(path);
  fs::create_directories(fs::path(beside).parent_path(), error);
  Result<Lock> locked = lock(beside);
  if (!locked)
    return tl::unexpected(locked.error());
  if (locked->holder == Holder::another)
    return fail(ErrorKind::usage,
                fmt::format("process {} is writing its session into this file: give another name",
                            locked->pid),
                {path, 0, 0});
  if (locked->descriptor) {
    taken.lock_ = std::move(locked->descriptor);
    taken.lock_path_ = beside;
  }
  // Only now: whoever had the lock before may have written it.
  if (existing == Existing::refused && ::stat(path.c_str(), &status) == 0 && has_content(status))
    return fail(ErrorKind::usage,
                "this file is there already, and nothing takes its place unasked: give another "
                "name, or replace it with " +
                    force,
                {path, 0, 0});
  return taken;
}

Result<SessionFile> SessionFile::take_free(const std::string &path) {
  for (int number = 1; number < most_numbers; ++number) {
    Result<SessionFile> taken = take(numbered(path, number), Existing::refused);
    if (taken || taken.error().kind != ErrorKind::usage)
      return taken;
  }
  return fail(ErrorKind::usage, "there are too many sessions of this name: give another one",
              {path, 0, 0});
}

Result<SessionFile> SessionFile::take_or_free(const std::string &asked, const std::string &standard,
                                              Existing existing, const std::string &force) {
  return asked.empty() ? take_free(standard) : take(asked, existing, force);
}

SessionFile::~SessionFile() {
  if (lock_)
    ::unlink(lock_path_.c_str()); // while it is still ours
}

} // namespace bootperf
