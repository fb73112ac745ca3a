#include "cli/more_launches.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "cli/new_baseline.h"

namespace bootperf {

Result<ExitCode> launch_benchmarks(const LaunchOptions &options, ChildOutput output) {
  Result<std::string> program = benchmark_program();
  if (!program)
    return tl::unexpected(program.error());
  std::vector<std::string> words = benchmark_arguments(options);
  words.insert(words.begin(), std::move(*program));
  const Result<int> status = run_child(std::move(words), output);
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

Result<MoreLaunches> add_launches(Session session, const LaunchOptions &asked, int launches,
                                  int jobs, ChildOutput output, const Policy &policy) {
  LaunchOptions more = asked;
  more.launches = launches;
  more.warmup = 0; // the launches before have warmed everything up
  more.jobs = jobs;
  more.output = asked.output + ".more";
  std::remove(more.output.c_str()); // what a killed gate left is no launch of this one
  MoreLaunches added{launch_benchmarks(more, output), std::move(session)};
  const Result<Session> made = read_session(more.output);
  if (!made)
    return added.outcome && *added.outcome == ExitCode::pass
               ? Result<MoreLaunches>(tl::unexpected(made.error()))
               : Result<MoreLaunches>(std::move(added));
  Result<Session> both = joined(std::move(added.session), *made, policy);
  if (!both)
    return tl::unexpected(both.error());
  added.session = std::move(*both);
  if (const Result<void> written = write_session(asked.output, added.session); !written)
    return tl::unexpected(written.error());
  std::remove(more.output.c_str());
  return added;
}

} // namespace bootperf
