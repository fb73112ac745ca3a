#include "cli/verbs.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/check_context.h"
#include "cli/check_options.h"
#include "cli/kept_profiles.h"

namespace bootperf {
namespace {

struct CheckVerbOptions {
  std::string session;
  CheckFlags flags;
};

Result<ExitCode> run(const CheckVerbOptions &options) {
  const Result<Session> session = read_session(options.session);
  if (!session)
    return tl::unexpected(session.error());
  const Result<Thresholds> thresholds = load_thresholds(options.flags.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  if (const Result<void> apart = check_summary(options.flags, {options.session}); !apart)
    return tl::unexpected(apart.error());
  const CheckReport report = check_recorded(*session, options.session, *thresholds, options.flags);
  const CheckContext context =
      context_of_check(report, *session, options.session, *thresholds, options.flags,
                       {"bootperf", "check", options.session}, actions_run());
  return publish_with_launches(report, context, *session, options.session, options.flags).map([&] {
    return report.exit;
  });
}

} // namespace

void add_check(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<CheckVerbOptions>();
  CLI::App *verb = add_verb(
      program, "check", "Check a session against the committed baselines; exits with the verdict",
      {"bootperf check session.json",
       "bootperf check session.json --thresholds my/thresholds --format markdown",
       "bootperf check after.json --thresholds /tmp/t --same-session   against a baseline made "
       "moments before"});
  verb->add_option("SESSION", options->session, "A session file, as `bootperf run` writes it")
      ->required();
  add_check_flags(*verb, options->flags);
  add_quiet_flag(*verb, options->flags);
  add_full_flag(*verb, options->flags);
  verbs.push_back({verb, [options] { return run(*options); }});
}

} // namespace bootperf
