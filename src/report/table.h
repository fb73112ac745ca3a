#pragma once

#include <string>
#include <vector>

#include "report/paint.h"
#include "report/text_style.h"

namespace bootperf {

/// A table whose columns are as wide as their widest cell.
struct Table {
  std::vector<std::vector<Segment>> rows;

  /// Adds a row in one colour.
  void add(const std::vector<std::string> &cells, Colour colour = Colour::plain);
};

std::string table_text(const Table &table, const TextStyle &style);

} // namespace bootperf
