#include "capture/scratch_directory.h"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/files.h"
#include "capture/worker_facts.h"

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

} // namespace bootperf
