#include "cli/verbs.h"

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "session/session_file.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

struct MergeOptions {
  std::vector<std::string> sessions;
  std::string output;
  bool force = false;
};

std::size_t count_launches(const std::vector<Session> &sessions) {
  std::size_t launches = 0;
  for (const Session &session : sessions)
    launches += session.launches.size();
  return launches;
}

// A set that is an input as well loses nothing: what it holds is in the new one.
Existing existing(const MergeOptions &options) {
  const bool is_input = std::ranges::any_of(options.sessions, [&](const std::string &session) {
    return same_file(session, options.output);
  });
  return is_input || options.force ? Existing::replaced : Existing::refused;
}

Result<ExitCode> merge(const MergeOptions &options) {
  const Result<SessionFile> file = SessionFile::take(options.output, existing(options));
  if (!file)
    return tl::unexpected(file.error());
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
  const auto options = std::make_shared<MergeOptions>();
  CLI::App *verb = add_verb(
      program, "merge",
      "Put several sessions into one file, a set; each stays as it is, and every verb that takes "
      "several sessions takes a set",
      {"bootperf merge shard-1.json shard-2.json -o night.json.gz",
       "bootperf merge week.json.gz night.json.gz -o week.json.gz    a session given "
       "twice is kept once"});
  verb->add_option("SESSION", options->sessions,
                   "Sessions and sets of sessions, also gzip-compressed ones")
      ->required();
  verb->add_option("-o,--output", options->output,
                   "The file to write; compressed if its name ends in .gz")
      ->required();
  verb->add_flag("--force", options->force, "Replace a file that is there already");
  verbs.push_back({verb, [options] { return merge(*options); }});
}

} // namespace bootperf
