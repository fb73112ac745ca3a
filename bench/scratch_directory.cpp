#include "bench/scratch_directory.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace bootperf {

Result<ScratchDirectory> ScratchDirectory::make() {
  const char *chosen = std::getenv("TMPDIR");
  std::string place = chosen && *chosen ? chosen : "/var/tmp";
  place += "/bootperf-XXXXXX";
  if (!mkdtemp(place.data())) {
    return fail(ErrorKind::io, "no temporary directory like " + place + " can be made: " +
                                   std::strerror(errno) + "; set TMPDIR to where there is room");
  }
  return ScratchDirectory(place);
}

ScratchDirectory::ScratchDirectory(std::filesystem::path path) : path_(std::move(path)) {}

ScratchDirectory::ScratchDirectory(ScratchDirectory &&other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchDirectory &ScratchDirectory::operator=(ScratchDirectory &&other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

ScratchDirectory::~ScratchDirectory() {
  if (!path_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

} // namespace bootperf
