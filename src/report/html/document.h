#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"

namespace bootperf {

/// What one HTML page is made of. Everything but the data and the licence is ours, built in.
struct PageParts {
  std::string_view title;
  Embedded body; ///< HTML
  std::vector<Embedded> styles;
  std::vector<Embedded> scripts; ///< in this order
  std::string data;              ///< JSON; from outside, and so escaped here
  std::string_view licence;      ///< of the libraries inside; plain text
};

/// One self-contained page that opens from disk. Its content security policy names its scripts and
/// styles by their hashes and forbids the network, so no text in the data can become either. The
/// data is the text of the element "data".
std::string html_document(const PageParts &parts);

/// Text as the content of an HTML element.
std::string html_text(std::string_view text);

/// JSON as the content of a script element: "<" could end that.
std::string json_for_html(std::string_view json);

} // namespace bootperf
