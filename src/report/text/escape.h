#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace bootperf {

// What comes from outside made safe inside of each format: it can be no markup, end no field, and
// do nothing to a terminal.

/// Text from outside inside a markdown table of a job summary: no markup, HTML, link or mention.
std::string markdown(std::string_view text);

/// A field as RFC 4180 wants it, made printable first.
std::string csv_field(std::string_view text);

/// The fields as one record (RFC 4180), escaped, with its line end.
std::string csv_record(const std::vector<std::string> &fields);

/// In full precision; "" for what is no finite number.
std::string csv_number(double value);

/// A JSON document as text with a newline at its end: ASCII only, so that no byte of a console
/// can do anything to the terminal it is printed on.
std::string json_text(const nlohmann::ordered_json &document);

} // namespace bootperf
