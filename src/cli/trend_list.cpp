#include "cli/trend_list.h"

#include "cli/output.h"
#include "report/trend/formats.h"

namespace bootperf {

Result<ExitCode> trend_list(const TrendListOptions &options) {
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  return write_output(trend_list_text(*history, options.sessions, output_style())).map([] {
    return ExitCode::pass;
  });
}

} // namespace bootperf
