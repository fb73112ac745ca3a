#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/files.h"

namespace bootperf {

namespace {

tl::unexpected<Error> io_error(const std::filesystem::path &path, std::string_view what, int code) {
  return fail(ErrorKind::io, fmt::format("{}: {}", what, std::generic_category().message(code)),
              {path.string()});
}

// What the file has now, or what the umask leaves a new one.
mode_t wanted_mode(const struct stat &old, bool exists) {
  if (exists) {
    return old.st_mode & 07777;
  }
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// A pipe or a terminal cannot be replaced, only written to.
Result<void> write_special(const std::filesystem::path &path, std::string_view content) {
  // Without O_NONBLOCK the opening of a pipe that nobody reads would never end.
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file && errno == ENXIO) {
    return fail(ErrorKind::io, "cannot write: nobody reads from this pipe", {path.string()});
  }
  if (!file || ::fcntl(file.get(), F_SETFL, 0) != 0 || !write_all(file.get(), content)) {
    return io_error(path, "cannot write", errno);
  }
  return {};
}

// Whether there is something to be read, an end included.
bool await_input(int descriptor, std::chrono::milliseconds longest) {
  pollfd input = {descriptor, POLLIN, 0};
  int ready = -1;
  do {
    ready = ::poll(&input, 1, static_cast<int>(longest.count()));
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

// The new name itself has to survive a crash. Some file systems cannot sync a directory; the
// content is safe then all the same.
void sync_directory(const std::filesystem::path &directory) {
  const FileDescriptor handle(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (handle) {
    ::fsync(handle.get());
  }
}

} // namespace

Result<std::string> read_all(int descriptor, const std::string &name, std::size_t max_bytes,
                             std::chrono::milliseconds longest_silence) {
  struct stat status = {};
  std::string content;
  bool waits = ::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode);
  if (!waits) {
    content.reserve(std::min(max_bytes, static_cast<std::size_t>(status.st_size)));
  }
  char buffer[65536];
  while (true) {
    if (waits && !await_input(descriptor, longest_silence)) {
      return fail(ErrorKind::io,
                  fmt::format("nothing came for {:g} s: does anybody write into this pipe?",
                              static_cast<double>(longest_silence.count()) / 1000),
                  {name});
    }
    const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) {
      // Some files of the kernel, as its log, pass for regular ones and have nothing to give all
      // the same.
      waits = waits || errno == EAGAIN;
      continue;
    }
    if (got < 0) {
      return io_error(name, "cannot read", errno);
    }
    if (got == 0) {
      return content;
    }
    if (static_cast<std::size_t>(got) > max_bytes - content.size()) {
      return fail(ErrorKind::input, fmt::format("larger than {} bytes", max_bytes), {name});
    }
    content.append(buffer, static_cast<std::size_t>(got));
  }
}

Result<std::string> read_file(const std::filesystem::path &path, std::size_t max_bytes,
                              std::chrono::milliseconds longest_silence) {
  // Without O_NONBLOCK the opening of a pipe that nobody writes would never end.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file) {
    return io_error(path, "cannot open", errno);
  }
  return read_all(file.get(), path.string(), max_bytes, longest_silence);
}

Result<std::string> read_beginning(const std::filesystem::path &path, std::size_t bytes) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  if (!file) {
    return io_error(path, "cannot open", errno);
  }
  std::string content(bytes, '\0');
  ssize_t got = -1;
  do {
    got = ::pread(file.get(), content.data(), bytes, 0);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    return io_error(path, "cannot read", errno);
  }
  content.resize(static_cast<std::size_t>(got));
  return content;
}

std::filesystem::path link_target(std::filesystem::path path) {
  constexpr int most_links = 40; // as the kernel follows
  std::error_code error;
  for (int links = 0; links < most_links && std::filesystem::is_symlink(path, error); ++links) {
    const auto next = std::filesystem::read_symlink(path, error);
    if (error) {
      break;
    }
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  const auto whole = std::filesystem::weakly_canonical(path, error);
  return error || whole.empty() ? path : whole;
}

bool same_file(const std::filesystem::path &one, const std::filesystem::path &other) {
  std::error_code error;
  return std::filesystem::equivalent(one, other, error) || link_target(one) == link_target(other);
}

Result<void> replace_file(const std::filesystem::path &given, std::string_view content) {
  std::error_code error;
  // A symbolic link stays; what it points at is replaced.
  const auto path = link_target(given);
  struct stat old = {};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) {
    return io_error(given, "cannot write", EISDIR);
  }
  if (exists && !S_ISREG(old.st_mode)) {
    return write_special(given, content);
  }
  const auto directory = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  std::filesystem::create_directories(directory, error);
  if (error) {
    return io_error(directory, "cannot create the directory", error.value());
  }
  std::string temporary = (directory / ("." + path.filename().string() + ".XXXXXX")).string();
  FileDescriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file) {
    return io_error(given, "cannot create a file beside it", errno);
  }
  if (!write_all(file.get(), content) || ::fchmod(file.get(), wanted_mode(old, exists)) != 0 ||
      ::fsync(file.get()) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) {
    const int code = errno;
    ::unlink(temporary.c_str());
    return io_error(given, "cannot write", code);
  }
  sync_directory(directory);
  return {};
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

} // namespace bootperf
