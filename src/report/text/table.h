#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/text/paint.h"

namespace bootperf {

/// Tables, and what becomes of them where a line is too narrow: columns leave, those that matter
/// least first, and names are shortened in the middle. The figure and the verdict stay.

/// How a column takes part in that.
struct ColumnFit {
  std::size_t width = 0; ///< that it would like to have, with the gap before it
  /// Where not all fit, the column with the highest number leaves first; 0: it stays.
  int leaves = 0;
  /// Its cells may be shortened to this width; 0: they may not. At most one column of a table.
  std::size_t least = 0;
};

/// The width that each gets in so much room; 0 for those that leave. A room of 0 is any. Where even
/// the columns that stay do not fit they are given what they need.
std::vector<std::size_t> fit_columns(const std::vector<ColumnFit> &columns, std::size_t room);

/// A table whose columns are as wide as their widest cell.
struct Table {
  std::vector<std::vector<Segment>> rows;
  /// By column, without widths; columns beyond them stay as they are.
  std::vector<ColumnFit> fit = {};

  /// Adds a row in one colour.
  void add(const std::vector<std::string> &cells, Colour colour = Colour::plain);
};

/// Within the style's width. Two blanks stand before each column.
std::string table_text(const Table &table, const TextStyle &style);

} // namespace bootperf
