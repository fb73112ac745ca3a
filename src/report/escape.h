#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

/// Text from outside inside a markdown table of a job summary: no markup, HTML, link or mention.
std::string markdown(std::string_view text);

/// A field as RFC 4180 wants it, made printable first.
std::string csv_field(std::string_view text);

/// A line of fields with its line end, as RFC 4180 wants it.
std::string csv_record(const std::vector<std::string> &fields);

} // namespace bootperf
