#include "capture/scratch_directory.h"

#include <cerrno>
#include <cstdlib>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bootperf {

Result<ScratchDirectory> ScratchDirectory::make(const std::filesystem::path &parent) {
  std::string name = (parent / "bootperf-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    return fail(ErrorKind::io,
                "cannot make a temporary directory: " + std::generic_category().message(errno),
                {parent.string()});
  }
  return ScratchDirectory(name);
}

ScratchDirectory::ScratchDirectory(ScratchDirectory &&other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchDirectory &ScratchDirectory::operator=(ScratchDirectory &&other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  if (!path_.empty()) {
    std::filesystem::remove_all(path_, ignored);
  }
}

void sweep_socket_directory(const std::filesystem::path &directory) {
  struct stat status = {};
  const bool is_one = directory.is_absolute() &&
                      directory.filename().string().starts_with("libguestfs") &&
                      ::lstat(directory.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
                      status.st_uid == ::geteuid();
  if (is_one) {
    std::error_code ignored;
    std::filesystem::remove_all(directory, ignored);
  }
}

} // namespace bootperf
