#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/error.h"

struct BootperfCounts;
struct BootperfPage;

namespace bootperf {

/// What a guest did since it was started, of all vCPUs together. None of it ever decreases. What
/// could not be measured is absent, never 0.
struct GuestCounts {
  std::uint64_t instructions = 0;
  /// Of the instructions, those inside delay loops; the others are work. Absent where nobody said
  /// which loops these are.
  std::optional<std::uint64_t> spinning;
  /// Host time in which all vCPUs were halted, in halts that have ended: by a timer of the guest's
  /// own, and by anything else, which is the host's doing. Absent for guests of an architecture
  /// whose halts the plugin does not know.
  std::optional<std::chrono::nanoseconds> waiting, host_waiting;
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

  /// At the plugin's latest moment: some thousand instructions behind the guest while it runs, and
  /// none once it is halted or gone.
  GuestCounts counts() const;
  /// When the guest last put out what may be a byte of its console: what belongs to the last byte
  /// that could be read, however late it is read. The same as counts() where that is not seen.
  GuestCounts counts_at_output() const;
  /// counts().instructions
  std::uint64_t instructions() const;
  /// Records in use in the file of blocks (block_counts.h).
  std::uint64_t blocks() const;

  /// Says that another event has been seen: a plugin with a file of epochs hands over what its
  /// blocks ran, before the next one runs.
  void next_epoch();
  /// Whether a hand-over was lost: what was handed over is not all then.
  bool lost_epochs() const;

  /// Whether a plugin has counted here. If not the count is not 0 but unknown.
  bool counting() const;

private:
  explicit CounterPage(BootperfPage *page) : page_(page) {}
  GuestCounts read(BootperfCounts &of) const;
  BootperfPage *page_ = nullptr;
};

} // namespace bootperf
