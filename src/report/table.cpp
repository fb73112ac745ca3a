#include "report/table.h"

#include <algorithm>

namespace bootperf {

void Table::add(const std::vector<std::string> &cells, Colour colour) {
  rows.emplace_back();
  for (const std::string &cell : cells)
    rows.back().push_back({colour, cell});
}

std::string table_text(const Table &table, const TextStyle &style) {
  std::vector<std::size_t> widths;
  for (const auto &row : table.rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], columns(row[i].text));
  }
  std::string text;
  for (const auto &row : table.rows) {
    std::vector<Segment> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back({Colour::plain, "  "});
      cells.push_back({row[i].colour, pad_right(row[i].text, widths[i])});
    }
    text += line(cells, style);
  }
  return text;
}

} // namespace bootperf
