#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

struct BootperfPage;

namespace bootperf {

/// The host's side of the instruction counter: a file of one page that the plugin inside qemu adds
/// to and that is read here at any time, from the same or another process.
class CounterPage {
public:
  /// Makes the file, which must not exist, with nothing counted. Errors are of kind io.
  static Result<CounterPage> create(const std::filesystem::path &path);
  /// Opens a page that create() made. One of another version, or no page, is an input error.
  static Result<CounterPage> open(const std::filesystem::path &path);

  CounterPage(CounterPage &&other) noexcept;
  CounterPage &operator=(CounterPage &&other) noexcept;
  ~CounterPage();

  /// Guest instructions so far, of all vCPUs together. Never decreases.
  std::uint64_t instructions() const;

  /// Whether a plugin has counted here. If not the count is not 0 but unknown.
  bool counting() const;

private:
  explicit CounterPage(BootperfPage *page) : page_(page) {}
  BootperfPage *page_ = nullptr;
};

} // namespace bootperf
