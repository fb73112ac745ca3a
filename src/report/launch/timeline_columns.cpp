#include "report/launch/timeline_columns.h"

#include <vector>

#include "report/text/table.h"

namespace bootperf {
namespace {

constexpr std::size_t least_name = 24;

/// What people can do without, the most needed first.
enum class Need {
  instructions = 1,
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

/// A column that may leave.
struct Optional {
  bool *shown = nullptr; ///< of the columns it is one of
  std::size_t width = 0;
  Need need = Need::longest;
};

std::vector<Optional> optional_columns(TimelineColumns &of) {
  namespace width = timeline_width;
  std::vector<Optional> all = {
      {&of.time, width::time + width::gap, Need::time},
      {&of.nested, 2 * of.depth + 1, Need::nested},
      {&of.spread, width::spread, Need::spread},
      {&of.share, width::share, Need::share},
      {&of.instructions, width::instructions, Need::instructions},
      {&of.instructions_spread, width::instructions_spread, Need::instructions_spread},
      {&of.longest, width::longest, Need::longest}};
  for (std::size_t i = 0; i < of.stalls.size(); ++i)
    all.push_back({&of.stalls[i], width::stalls[i], stall_needs[i]});
  return all;
}

TimelineColumns fitted(TimelineColumns columns, std::size_t width) {
  const std::vector<Optional> optional = optional_columns(columns);
  std::vector<ColumnFit> fits;
  for (const Optional &column : optional)
    fits.push_back(*column.shown ? ColumnFit{column.width, static_cast<int>(column.need), 0}
                                 : ColumnFit{});
  fits.push_back({timeline_width::mean, 0, 0});
  fits.push_back({columns.name, 0, least_name});
  const std::vector<std::size_t> widths = fit_columns(fits, width);
  for (std::size_t i = 0; i < optional.size(); ++i)
    *optional[i].shown = widths[i] > 0;
  columns.name = widths.back();
  return columns;
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
