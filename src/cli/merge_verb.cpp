#include "cli/verbs.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

struct Options {
  std::vector<std::string> sessions;
  std::string output;
};

std::size_t count_launches(const std::vector<Session> &sessions) {
  std::size_t launches = 0;
  for (const Session &session : sessions)
    launches += session.launches.size();
  return launches;
}

Result<ExitCode> merge(const Options &options) {
  const Result<std::vector<Session>> sessions =
      read_sessions(options.sessions).and_then(without_copies);
  if (!sessions)
    return tl::unexpected(sessions.error());
  if (const Result<void> written = write_session_set(options.output, *sessions); !written)
    return tl::unexpected(written.error());
  return write_output(fmt::format("{}: {} sessions, {} launches\n", printable(options.output),
                                  sessions->size(), count_launches(*sessions)))
      .map([] { return ExitCode::pass; });
}

} // namespace

void add_merge(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<Options>();
  CLI::App *verb = add_verb(
      program, "merge",
      "Put sessions into one file, a set of them, each kept as it is; wherever several sessions "
      "are "
      "taken, a set is, too",
      {"bootperf merge shard-1.json shard-2.json -o night.json.gz",
       "bootperf merge week.json.gz night.json.gz -o week.json.gz    one that is there already "
       "stays one"});
  verb->add_option("SESSION", options->sessions, "Sessions, and sets of them; gzip is read, too")
      ->required();
  verb->add_option("-o,--output", options->output, "The set; packed when its name ends in .gz")
      ->required();
  verbs.push_back({verb, [options] { return merge(*options); }});
}

} // namespace bootperf
