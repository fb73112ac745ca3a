#pragma once

#include <filesystem>

#include "base/error.h"

namespace bootperf {

/// A fresh directory under TMPDIR (else /var/tmp, where there is room for an appliance), removed
/// with all that is in it.
class ScratchDirectory {
public:
  static Result<ScratchDirectory> make();
  ScratchDirectory(ScratchDirectory &&other) noexcept;
  ScratchDirectory &operator=(ScratchDirectory &&other) noexcept;
  ~ScratchDirectory();

  const std::filesystem::path &path() const { return path_; }

private:
  explicit ScratchDirectory(std::filesystem::path path);
  std::filesystem::path path_;
};

} // namespace bootperf
