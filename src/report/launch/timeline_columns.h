#pragma once

#include <array>
#include <cstddef>

#include "phases/phase_tree.h"

namespace bootperf {

/// Which columns of a timeline stand in a line of so many characters, and how wide those are that
/// are not always the same.
struct TimelineColumns {
  std::size_t name = 20; ///< of a phase
  std::size_t depth = 3; ///< of the drawing of nested phases, two characters each
  bool time = true, nested = true, spread = true, share = true, longest = true;
  bool instructions = false, instructions_spread = false;
  std::array<bool, stall_keys.size()> stalls = {};
};

/// Widths of the columns that are always the same.
namespace timeline_width {
inline constexpr std::size_t time = 11, gap = 2, mean = 10, spread = 12, share = 8;
inline constexpr std::size_t instructions = 13, instructions_spread = 9, longest = 30;
inline constexpr std::size_t instructions_reach = 2; ///< of their title over their spread
inline constexpr std::array<std::size_t, stall_keys.size()> stalls = {12, 12, 14};
} // namespace timeline_width

/// Those of all that fit into so many characters (0: any): the drawing and the time leave first,
/// the mean stays. Where the drawing leaves, names are indented in its place, and may take up to so
/// many characters.
TimelineColumns fitting_columns(TimelineColumns all, std::size_t indented_name, std::size_t width);

} // namespace bootperf
