#include "report/csv_record.h"

#include <cmath>

#include <fmt/format.h>

#include "report/escape.h"

namespace bootperf {

std::string csv_record(const std::vector<std::string> &fields) {
  std::string text;
  const char *separator = "";
  for (const std::string &field : fields) {
    text += separator + csv_field(field);
    separator = ",";
  }
  return text + "\r\n";
}

std::string csv_number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "";
}

} // namespace bootperf
