#include "report/launch/timeline_columns.h"

#include <vector>

#include "report/text/table.h"

namespace bootperf {
namespace {

constexpr std::size_t least_name = 24;

/// What people can do without, the most needed first.
enum class Need {
  always,
  instructions,
  waiting,
  share,
  spread,
  instructions_spread,
  host_waiting,
  spinning,
  time,
  nested,
  longest
};

constexpr std::array<Need, stall_keys.size()> stall_needs = {Need::spinning, Need::waiting,
                                                             Need::host_waiting};

std::vector<ColumnFit> fits(const TimelineColumns &columns) {
  namespace width = timeline_width;
  const auto optional = [](bool shown, std::size_t wide, Need need) {
    return shown ? ColumnFit{wide, static_cast<int>(need), 0} : ColumnFit{};
  };
  std::vector<ColumnFit> all = {
      {columns.name, 0, least_name},
      {width::mean, 0, 0},
      optional(columns.time, width::time + width::gap, Need::time),
      optional(columns.nested, 2 * columns.depth + 1, Need::nested),
      optional(columns.spread, width::spread, Need::spread),
      optional(columns.share, width::share, Need::share),
      optional(columns.instructions, width::instructions, Need::instructions),
      optional(columns.instructions_spread, width::instructions_spread, Need::instructions_spread),
      optional(columns.longest, width::longest, Need::longest)};
  for (std::size_t i = 0; i < columns.stalls.size(); ++i)
    all.push_back(optional(columns.stalls[i], width::stalls[i], stall_needs[i]));
  return all;
}

TimelineColumns fitted(const TimelineColumns &all, std::size_t width) {
  const std::vector<std::size_t> widths = fit_columns(fits(all), width);
  TimelineColumns shown = all;
  shown.name = widths[0];
  shown.time = widths[2] > 0;
  shown.nested = widths[3] > 0;
  shown.spread = widths[4] > 0;
  shown.share = widths[5] > 0;
  shown.instructions = widths[6] > 0;
  shown.instructions_spread = widths[7] > 0;
  shown.longest = widths[8] > 0;
  for (std::size_t i = 0; i < all.stalls.size(); ++i)
    shown.stalls[i] = widths[9 + i] > 0;
  return shown;
}

} // namespace

TimelineColumns fitting_columns(TimelineColumns all, std::size_t indented_name, std::size_t width) {
  const TimelineColumns shown = fitted(all, width);
  if (shown.nested)
    return shown;
  all.nested = false;
  all.name = indented_name;
  return fitted(all, width);
}

} // namespace bootperf
