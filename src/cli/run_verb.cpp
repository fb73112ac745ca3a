#include "cli/verbs.h"

#include <cerrno>
#include <cstring>
#include <memory>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/launch_options.h"

namespace bootperf {
namespace {

constexpr const char *standard_session = "bootperf.run.json";

// This process becomes boot_benchmarks, so that every signal reaches it and its exit code is ours.
Result<ExitCode> run(LaunchOptions options) {
  const Result<std::string> program = benchmark_program();
  if (!program)
    return tl::unexpected(program.error());
  // Only chosen here: it is taken again, and held, by boot_benchmarks.
  if (const auto session = take_session(options, standard_session); !session)
    return tl::unexpected(session.error());
  std::vector<std::string> words = benchmark_arguments(options);
  words.insert(words.begin(), *program);
  std::vector<char *> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string &word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(program->c_str(), arguments.data());
  return fail(ErrorKind::io, std::string("cannot execute this program: ") + std::strerror(errno),
              {*program, 0, 0});
}

} // namespace

void add_run(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<LaunchOptions>();
  CLI::App *verb = add_verb(
      program, "run",
      "Launch the appliance, show where its boot time goes, and write a session; without --mode "
      "quiet and traced launches, five of each",
      {"bootperf run --mode traced --launches 10 -o session.json",
       "bootperf run --mode counted --launches 2 --jobs 2 -o session.json",
       "bootperf run --mode quiet --env LIBGUESTFS_PATH=/tmp/mine "
       "--env LIBGUESTFS_CACHEDIR=/tmp/mine/cache"});
  add_launch_options(*verb, *options, standard_session);
  verbs.push_back({verb, [options] { return run(*options); }});
}

} // namespace bootperf
