#include "report/text/table.h"

#include <algorithm>
#include <optional>

namespace bootperf {
namespace {

std::size_t needed(const ColumnFit &column) {
  return column.least > 0 ? std::min(column.least, column.width) : column.width;
}

// Of the columns still shown the one that matters least.
std::optional<std::size_t> next_to_leave(const std::vector<ColumnFit> &columns,
                                         const std::vector<bool> &shown) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (shown[i] && columns[i].leaves > (found ? columns[*found].leaves : 0))
      found = i;
  return found;
}

} // namespace

std::vector<std::size_t> fit_columns(const std::vector<ColumnFit> &columns, std::size_t room) {
  std::vector<bool> shown(columns.size(), true);
  const auto taken = [&] {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
      sum += shown[i] ? needed(columns[i]) : 0;
    return sum;
  };
  while (room > 0 && taken() > room) {
    const std::optional<std::size_t> leaves = next_to_leave(columns, shown);
    if (!leaves)
      break;
    shown[*leaves] = false;
  }
  const std::size_t left = room > taken() ? room - taken() : 0;
  std::vector<std::size_t> widths(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!shown[i])
      continue;
    widths[i] =
        room == 0 ? columns[i].width : std::min(columns[i].width, needed(columns[i]) + left);
  }
  return widths;
}

void Table::add(const std::vector<std::string> &cells, Colour colour) {
  rows.emplace_back();
  for (const std::string &cell : cells)
    rows.back().push_back({colour, cell});
}

std::string table_text(const Table &table, const TextStyle &style) {
  constexpr std::size_t gap = 2;
  std::vector<ColumnFit> fit = table.fit;
  for (const auto &row : table.rows) {
    fit.resize(std::max(fit.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      fit[i].width = std::max(fit[i].width, columns(row[i].text) + gap);
  }
  for (std::size_t i = 0; i < fit.size(); ++i)
    fit[i].least += fit[i].least > 0 ? gap : 0;
  const std::vector<std::size_t> widths = fit_columns(fit, static_cast<std::size_t>(style.width));
  std::string text;
  for (const auto &row : table.rows) {
    std::vector<Segment> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] <= gap)
        continue;
      const std::size_t width = widths[i] - gap;
      const std::string cell =
          fit[i].least > 0 ? elide_middle(row[i].text, width, style) : row[i].text;
      cells.push_back({Colour::plain, std::string(gap, ' ')});
      cells.push_back({row[i].colour, pad_right(cell, width)});
    }
    text += line(cells, style);
  }
  return text;
}

} // namespace bootperf
