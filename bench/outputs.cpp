#include "bench/outputs.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "base/text.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> not_writable(const char *flag, const fs::path &path, const char *why) {
  return fail(ErrorKind::io,
              std::string(flag) + "=" + printable(path.string()) + " cannot be written: " + why);
}

/// A file that is written in place: opening it shows whether it can be.
Result<void> check_file(const char *flag, const fs::path &path) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (!file) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

/// A file that is replaced whole: its directory has to be writable, or one above that is there.
Result<void> check_replaceable(const char *flag, const fs::path &path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return not_writable(flag, path, "it is a directory");
  }
  fs::path place = fs::absolute(path, error).parent_path();
  while (!fs::exists(place, error) && place.has_relative_path()) {
    place = place.parent_path();
  }
  if (!fs::is_directory(place, error)) {
    return not_writable(flag, path, std::strerror(ENOTDIR));
  }
  if (access(place.c_str(), W_OK | X_OK) != 0) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

Result<void> check_directory(const char *flag, const fs::path &path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    return not_writable(flag, path, error.message().c_str());
  }
  if (access(path.c_str(), W_OK | X_OK) != 0) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

} // namespace

Result<void> check_outputs(const CommandLine &line) {
  if (auto session = check_replaceable("--bootperf_session", line.own.session); !session) {
    return session;
  }
  if (!line.own.logs.empty()) {
    if (auto logs = check_directory("--bootperf_logs", line.own.logs); !logs) {
      return logs;
    }
  }
  return line.google.out.empty() ? Result<void>() : check_file("--benchmark_out", line.google.out);
}

} // namespace bootperf
