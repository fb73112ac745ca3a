#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

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

// The files that the pages are made of, built in by bootperf_embed() in src/report/CMakeLists.txt.
// Scripts in the order in which they need each other.

Embedded d3_script(); ///< https://d3js.org, from the distribution
Embedded d3_licence();

Embedded report_body(), report_style();
Embedded elements_script(), numbers_script(), metrics_script(), model_script(), places_script(),
    labels_script(), dots_script(), callouts_script(), timeline_script(), search_script(),
    verdict_script(), gates_script(), levers_script(), suggestions_script(), profile_script(),
    icicle_script(), profile_table_script(), phases_script(), detail_script(), launches_script(),
    report_script();

Embedded trend_body(), trend_style();
Embedded trend_nights_script(), trend_chart_script(), trend_tree_script(), trend_causes_script(),
    trend_trend_script();

} // namespace bootperf
