#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/check_options.h"
#include "report/check/context.h"
#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

// What a report says beside its verdict: commits, links and commands, from the session, the
// baseline, the command line and, in a job of GitHub Actions, the variables that name it.

/// A run of GitHub Actions. Each is "" unless it is well-formed: these become links.
struct ActionsRun {
  std::string server, repository, id;

  bool is_known() const { return !server.empty() && !repository.empty(); }
  /// "https://github.com/owner/name/commit/1a2b…"; "" where the repository is not known.
  std::string commit_link(const std::string &commit) const;
  std::string run_link() const;
};

/// From GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID.
ActionsRun actions_run(const std::map<std::string, std::string> &environment);
/// That of this process.
ActionsRun actions_run();

/// Forty or 64 hexadecimal digits: a whole hash of Git.
bool is_commit(std::string_view text);

/// Of the check of this session, from this file. `command` is the verb's own way to the verdict,
/// named where nothing else was asked for and no artifact keeps the launches.
CheckContext context_of_check(const CheckReport &report, const Session &session,
                              const std::string &file, const Thresholds &thresholds,
                              const CheckFlags &flags, const std::vector<std::string> &command,
                              const ActionsRun &run);

/// Of a comparison by this command. Sides whose names are hashes of commits are these.
CheckContext context_of_comparison(const CheckReport &report, const CheckFlags &flags,
                                   const std::vector<std::string> &command, const ActionsRun &run);

/// The words as a shell reads them, with the verb's options that decide: --thresholds, --metric,
/// --same-session, where they are not what they are by themselves.
std::string check_command(std::vector<std::string> words, const CheckFlags &flags);

} // namespace bootperf
