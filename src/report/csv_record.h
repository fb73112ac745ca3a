#pragma once

#include <string>
#include <vector>

namespace bootperf {

/// The fields as one record (RFC 4180), escaped, with its line end.
std::string csv_record(const std::vector<std::string> &fields);

/// In full precision; "" for what is no finite number.
std::string csv_number(double value);

} // namespace bootperf
