#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "capture/log/boot_log.h"

namespace bootperf {

/// Between which commands of a shell that says what it does (`set -x`) a phase waited most: those
/// that come again, a poll's, are added up.
struct LongestWait {
  std::string after, before; ///< as printed, at most 120 bytes
  std::uint64_t waiting_ns = 0;

  bool operator==(const LongestWait &) const = default;
};

/// A named interval inside a launch.
struct Phase {
  std::string id;   ///< unique path from the root: "run > launch > qemu > kernel > /init"
  std::string name; ///< the last part of the id: "/init"
  std::optional<std::size_t> parent; ///< index into PhaseTree::phases; none for the root
  std::int64_t start_ns = 0;         ///< since the call of guestfs_launch
  std::int64_t wall_ns = 0;
  std::int64_t self_ns = 0; ///< wall minus that of the summed children other than "(other)"
  std::optional<std::uint64_t> instructions; ///< guest instructions inside, when counted
  std::optional<std::uint64_t> self_instructions;
  std::optional<std::uint64_t> start_instructions; ///< those before it; none for "(other)"
  Stalls stalls, self_stalls; ///< spinning and waiting inside, where they were measured
  std::optional<LongestWait> longest_wait; ///< of what no child covers, from 0.1 s on
  bool other = false;      ///< what no phase of this level covers, shown as "(other)"
  bool repeated = false;   ///< one of many matches of a repeat rule (an insmod, an initcall)
  bool overlaps = false;   ///< overlaps a sibling (asynchronous initcalls): listed, not summed
  bool unfinished = false; ///< the launch ended inside it

  /// Instructions outside delay loops, where it is known which these are.
  std::optional<std::uint64_t> work() const {
    return instructions && stalls.spinning ? std::optional(*instructions - *stalls.spinning)
                                           : std::nullopt;
  }

  /// What its times are from. none: a boundary has no time, or is not in the log: the launch passed
  /// through the phase, all of its times are 0 and mean nothing.
  TimeSource clock = TimeSource::host;

  bool timed() const { return clock != TimeSource::none; }
};

/// One launch in phases, in the order of a walk from the root: a parent comes before its children,
/// children in order of time. At every level the summed children, "(other)" included, add up to
/// their parent exactly, in time, in instructions, in spinning and in waiting; siblings that are
/// summed do not overlap. Where a child has no time on its parent's clock, "(other)" holds it as
/// well.
struct PhaseTree {
  std::vector<Phase> phases;
  std::vector<std::string> not_measured; ///< ids of phases that ought to be there and were not
                                         ///< found, or only without their beginning
  std::string last_phase; ///< when the launch failed: id of the deepest phase it ended in
};

/// The phase around the one with this id, "" for the root: ids are paths, so what contains a phase
/// is what its id begins with.
inline std::string parent_of(const std::string &id) {
  const std::size_t at = id.rfind(" > ");
  return at == std::string::npos ? "" : id.substr(0, at);
}

} // namespace bootperf
