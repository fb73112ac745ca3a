#pragma once

#include <string>
#include <string_view>

namespace bootperf {

/// Text from outside inside a markdown table of a job summary: no markup, HTML, link or mention.
std::string markdown(std::string_view text);

/// A field as RFC 4180 wants it, made printable first.
std::string csv_field(std::string_view text);

} // namespace bootperf
