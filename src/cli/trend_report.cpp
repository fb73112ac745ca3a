#include "cli/trend_report.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "report/page/pages.h"

namespace bootperf {

Result<ExitCode> trend_report(const TrendReportOptions &options) {
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const History part = part_of(std::move(*history), options.part);
  const TrendCheck check = check_trend(part, *policy, options.settings);
  const std::string path = options.output + "/index.html";
  if (Result<void> written = replace_file(path, trend_page(part, check)); !written)
    return tl::unexpected(written.error());
  return write_output(fmt::format("page: {}\n", printable(path))).map([] {
    return ExitCode::pass;
  });
}

} // namespace bootperf
