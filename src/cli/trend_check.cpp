#include "cli/trend_check.h"

#include <chrono>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "report/trend/formats.h"
#include "trend/store/store.h"

namespace bootperf {
namespace {

std::vector<StepToAccept> meant_steps(const History &history, const TrendCheck &check,
                                      const TrendPart &part) {
  std::vector<StepToAccept> steps;
  for (const ClassTrend &trend : check.classes) {
    if (!trend.decides || !trend.history->name.starts_with(part.machine_class) ||
        (!part.metric.empty() && to_text(trend.history->machine_class.metric) != part.metric))
      continue;
    for (const PhaseStep &step : trend.steps)
      if (step.state == StepState::fresh && is_meant(step.phase, part))
        steps.push_back({step.series, history.nights[step.night].session});
  }
  return steps;
}

Result<void> accept(const TrendCheckOptions &options, const Policy &policy) {
  const std::string reason = printable(*options.accept);
  if (reason.empty() || reason.size() > longest_trend_text)
    return fail(ErrorKind::usage,
                fmt::format("expected a reason of 1 to {} bytes", longest_trend_text));
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const TrendCheck check = check_trend(*history, policy, options.settings);
  const std::vector<StepToAccept> steps = meant_steps(*history, check, options.accepted);
  if (steps.empty())
    return fail(ErrorKind::usage, "there is no new step to accept");
  Result<Database> database = Database::connect(options.store.place);
  if (!database)
    return tl::unexpected(database.error());
  return accept_steps(*database, steps, reason, utc_text(std::chrono::system_clock::now()));
}

} // namespace

Result<ExitCode> trend_check(const TrendCheckOptions &options) {
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  if (options.accept)
    if (Result<void> accepted = accept(options, *policy); !accepted)
      return tl::unexpected(accepted.error());
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const TrendCheck check = check_trend(*history, *policy, options.settings);
  const auto text = options.all ? trend_steps_text : trend_check_text;
  return write_output(text(*history, check, output_style())).map([&] { return check.exit; });
}

} // namespace bootperf
