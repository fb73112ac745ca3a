#include "report/html/page.h"

#include <nlohmann/json.hpp>

#include "report/html/assets.h"
#include "report/html/document.h"
#include "report/html/page_model.h"

namespace bootperf {

std::string report_page(const Session &session, const CheckReport &report,
                        const std::vector<Baseline> &baselines) {
  using nlohmann::ordered_json;
  PageParts parts;
  parts.title = "Boot time of the libguestfs appliance";
  parts.body = report_body();
  parts.styles = {report_style()};
  parts.scripts = {d3_script(),     elements_script(), numbers_script(), model_script(),
                   dots_script(),   timeline_script(), verdict_script(), phases_script(),
                   detail_script(), launches_script(), report_script()};
  parts.data = page_model(session, report, baselines)
                   .dump(-1, ' ', true, ordered_json::error_handler_t::replace);
  const Embedded licence = d3_licence();
  parts.licence = licence.text;
  return html_document(parts);
}

} // namespace bootperf
