#pragma once

#include <filesystem>

#include "base/error.h"

namespace bootperf {

/// A directory of one's own, removed with all that is in it.
class ScratchDirectory {
public:
  static Result<ScratchDirectory> make(const std::filesystem::path &parent);
  ScratchDirectory(ScratchDirectory &&other) noexcept;
  ScratchDirectory &operator=(ScratchDirectory &&other) noexcept;
  ~ScratchDirectory();

  const std::filesystem::path &path() const { return path_; }

private:
  explicit ScratchDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

/// Removes the directory in which libguestfs kept its sockets, when its name and owner say that it
/// is one; the path comes from a process that may be anything.
void sweep_socket_directory(const std::filesystem::path &directory);

} // namespace bootperf
