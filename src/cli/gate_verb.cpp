#include "cli/gate_verb.h"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>

#include "cli/check_options.h"
#include "cli/child.h"
#include "cli/launch_options.h"

namespace bootperf {
namespace {

struct GateOptions {
  LaunchOptions launch;
  CheckFlags flags;
};

// A gate of a fixed number of launches was asked for, or wall time is measured, where three
// launches tell no more than two.
bool may_launch_again(const GateOptions &asked) {
  return asked.launch.mode == "counted" && asked.launch.launches < 0;
}

LaunchOptions first_launches(const GateOptions &asked, const Policy &policy) {
  LaunchOptions launch = asked.launch;
  if (launch.launches < 0)
    launch.launches = launch.mode == "counted" ? policy.counted_launches : policy.launches;
  return launch;
}

Result<ExitCode> launch(const LaunchOptions &options, const CheckFlags &flags) {
  Result<std::string> program = benchmark_program();
  if (!program)
    return tl::unexpected(program.error());
  std::vector<std::string> words = benchmark_arguments(options);
  words.insert(words.begin(), std::move(*program));
  const Result<int> status =
      run_child(std::move(words),
                flags.format == "text" ? ChildOutput::inherited : ChildOutput::to_standard_error);
  if (!status)
    return tl::unexpected(status.error());
  for (const ExitCode code :
       {ExitCode::pass, ExitCode::wrong_input, ExitCode::not_measured, ExitCode::interrupted}) {
    if (*status == to_int(code))
      return code;
  }
  return fail(ErrorKind::not_measured,
              "boot_benchmarks ended with status " + std::to_string(*status));
}

// Into a file of its own first: were this launch interrupted, the session would stand as it was.
Result<Session> with_one_more(Session session, const GateOptions &asked, const CheckFlags &flags) {
  LaunchOptions more = asked.launch;
  more.launches = 1;
  more.warmup = 0; // the launches before have warmed everything up
  more.output = asked.launch.output + ".more";
  std::remove(more.output.c_str()); // what a killed gate left is no launch of this one
  const Result<ExitCode> code = launch(more, flags);
  const Result<Session> added = read_session(more.output);
  std::remove(more.output.c_str());
  if (!code)
    return tl::unexpected(code.error());
  if (*code == ExitCode::interrupted)
    return fail(ErrorKind::interrupted, "interrupted; the session holds the launches before");
  if (!added)
    return tl::unexpected(added.error());
  session.launches.insert(session.launches.end(), added->launches.begin(), added->launches.end());
  if (const Result<void> written = write_session(asked.launch.output, session); !written)
    return tl::unexpected(written.error());
  return session;
}

// What an earlier gate left under the same name must not be judged in place of this one.
std::string id_of(const std::string &file) {
  const Result<Session> session = read_session(file);
  return session ? session->id : "";
}

Result<ExitCode> gate(const GateOptions &asked) {
  const CheckFlags &flags = asked.flags;
  const Result<Thresholds> thresholds = load_thresholds(flags.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Policy &policy = thresholds->policy;
  const std::string before = id_of(asked.launch.output);

  const LaunchOptions first = first_launches(asked, policy);
  Result<ExitCode> launched = launch(first, flags);
  if (!launched || *launched == ExitCode::wrong_input || *launched == ExitCode::interrupted)
    return launched;
  Result<Session> session = read_session(first.output);
  if (!session || session->id == before)
    return fail(ErrorKind::not_measured, "no launch was made, so there is nothing to check");

  CheckReport report = check(*session, first.output, *thresholds, flags);
  for (int made = first.launches;
       may_launch_again(asked) && undecided(report) && made < policy.counted_most; ++made) {
    session = with_one_more(std::move(*session), asked, flags);
    if (!session)
      return tl::unexpected(session.error());
    report = check(*session, first.output, *thresholds, flags);
  }
  const bool unmeasured = *launched == ExitCode::not_measured && report.exit == ExitCode::pass;
  return publish(report, flags).map([&] {
    return unmeasured ? ExitCode::not_measured : report.exit;
  });
}

} // namespace

void add_gate(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<GateOptions>();
  options->launch.mode = "counted";
  CLI::App *verb = add_verb(
      program, "gate",
      "Launch the appliance and check it: run and check in one. Counted launches, two of them and "
      "a third when two do not decide, unless --mode or --launches say otherwise",
      {"bootperf gate",
       "bootperf gate --env LIBGUESTFS_PATH=/tmp/mine --env LIBGUESTFS_CACHEDIR=/tmp/mine/cache",
       "bootperf gate --mode quiet --launches 10 --thresholds /tmp/t --same-session"});
  add_launch_options(*verb, options->launch);
  add_check_flags(*verb, options->flags);
  verbs.push_back({verb, [options] { return gate(*options); }});
}

} // namespace bootperf
