#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/error.h"

struct BootperfPage;

namespace bootperf {

/// What a guest did since it was started, of all vCPUs together. None of the three ever decreases.
struct GuestCounts {
  std::uint64_t instructions = 0;
  std::uint64_t spinning =
      0; ///< of the instructions, those inside delay loops; the others are work
  /// Host time in which all vCPUs were halted, until now. Unknown for guests of an architecture
  /// whose halts the plugin does not see.
  std::optional<std::chrono::nanoseconds> waiting;
};

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

  GuestCounts counts() const;
  /// counts().instructions
  std::uint64_t instructions() const;
  /// Records in use in the file of blocks (block_counts.h).
  std::uint64_t blocks() const;

  /// Whether a plugin has counted here. If not the count is not 0 but unknown.
  bool counting() const;

private:
  explicit CounterPage(BootperfPage *page) : page_(page) {}
  BootperfPage *page_ = nullptr;
};

} // namespace bootperf
