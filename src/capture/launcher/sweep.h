#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>

#include "base/error.h"
#include "base/files.h"

namespace bootperf {

// What a launch leaves behind, and how it goes: processes, directories, sockets.

/// A directory of one's own, removed with all that is in it. While its owner lives it is locked, so
/// that what a killed owner left can be told from what is in use.
class ScratchDirectory {
public:
  static Result<ScratchDirectory> make(const std::filesystem::path &parent);
  ScratchDirectory(ScratchDirectory &&other) noexcept;
  ScratchDirectory &operator=(ScratchDirectory &&other) noexcept;
  ~ScratchDirectory();

  const std::filesystem::path &path() const { return path_; }

private:
  ScratchDirectory(std::filesystem::path path, FileDescriptor lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  FileDescriptor lock_;
};

/// Removes the scratch directories that killed owners left in a directory, and the socket
/// directories that their workers told of.
void sweep_abandoned(const std::filesystem::path &parent);

/// Removes the directory in which libguestfs kept its sockets, when its name and owner say that it
/// is one; the path comes from a process that may be anything.
void sweep_socket_directory(const std::filesystem::path &directory);

/// Kills what is left of the process, of its group and of everything whose environment holds the
/// mark, and reaps it. Returns the CPU time of them all and of the children that they reaped, in
/// ns. The caller has to be the reaper of its orphaned descendants (PR_SET_CHILD_SUBREAPER).
std::int64_t kill_and_reap(pid_t pid, const std::string &mark);

/// Becomes the reaper of orphaned descendants, for good.
void adopt_orphans();

} // namespace bootperf
