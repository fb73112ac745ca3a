#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "base/error.h"

namespace bootperf {

/// Reads a whole file. A file larger than max_bytes is an input error: everything from outside is
/// bounded. So is a pipe into which nobody writes for as long as that.
Result<std::string> read_file(const std::filesystem::path &path, std::size_t max_bytes = 1u << 30,
                              std::chrono::milliseconds longest_silence = std::chrono::seconds(30));

/// The rest of what an open file holds, within the same bounds; a negative silence is waited out
/// for ever. The name is for messages.
Result<std::string> read_all(int descriptor, const std::string &name, std::size_t max_bytes,
                             std::chrono::milliseconds longest_silence);

/// The first bytes of a file, fewer where it is shorter.
Result<std::string> read_beginning(const std::filesystem::path &path, std::size_t bytes);

/// Where a path leads through symbolic links, also through one that dangles. A loop of them leads
/// nowhere: what comes out is one of them, for the caller to fail on.
std::filesystem::path link_target(std::filesystem::path path);

/// Whether two paths name one file, through links, and though it need not be there yet.
bool same_file(const std::filesystem::path &one, const std::filesystem::path &other);

/// Replaces the file whole: writes beside it, fsyncs, renames. On an error the old content stands.
/// A symbolic link stays a link, and what it points at is replaced, or made where it dangles.
/// Missing parent directories are made. Into a pipe or a terminal it is written; one that nobody
/// reads is an error.
Result<void> replace_file(const std::filesystem::path &path, std::string_view content);

/// Owns a file descriptor; -1 is none.
class FileDescriptor {
public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor &&other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileDescriptor &operator=(FileDescriptor &&other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~FileDescriptor() { close(); }

  int get() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }
  void close() {
    if (descriptor_ >= 0) {
      ::close(std::exchange(descriptor_, -1));
    }
  }

private:
  int descriptor_ = -1;
};

/// Writes all of it to a descriptor, through interruptions. False with errno set on an error.
bool write_all(int descriptor, std::string_view content);

/// A file that was built into the program; bootperf_embed() in cmake/embed.cmake makes one.
struct Embedded {
  std::string_view text;
  std::string_view sha256; ///< of the text, as hexadecimal digits
};

} // namespace bootperf
