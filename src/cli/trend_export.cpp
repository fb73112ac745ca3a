#include "cli/trend_export.h"

#include "base/files.h"
#include "cli/output.h"
#include "report/trend/formats.h"

namespace bootperf {

Result<ExitCode> trend_export(const TrendExportOptions &options) {
  Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const History part = part_of(std::move(*history), options.part);
  if (part.classes.empty())
    return fail(ErrorKind::usage, "the trend has no such class, metric and phase; `bootperf trend "
                                  "list` says what there is");
  const std::string text = options.format == "csv" ? trend_csv(part) : trend_openmetrics(part);
  const Result<void> written =
      options.output.empty() ? write_output(text) : replace_file(options.output, text);
  return written.map([] { return ExitCode::pass; });
}

} // namespace bootperf
