#include "cli/trend_add.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/inputs.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "trend/schema.h"
#include "trend/store.h"

namespace bootperf {
namespace {

Result<ExitCode> add(Database &database, const Session &session, const std::string &path,
                     const Policy &policy) {
  const Result<SessionRecord> record = record_of(session, policy);
  if (!record)
    return tl::unexpected(Error{record.error().kind, record.error().message, {path, 0, 0}});
  const Result<Added> added = add_session(database, *record);
  if (!added)
    return tl::unexpected(added.error());
  for (const std::string &each : record->left_out)
    write_error(fmt::format("bootperf: {}: left out {}\n", printable(path), printable(each)));
  return write_output(fmt::format("{} {}\n", *added == Added::now ? "added" : "already there:",
                                  printable(record->session)))
      .map([&] { return record->left_out.empty() ? ExitCode::pass : ExitCode::not_measured; });
}

/// A session's file, or that of a set of them.
Result<ExitCode> add_file(Database &database, const std::string &path, const Policy &policy) {
  const Result<std::vector<Session>> sessions = read_sessions({path});
  if (!sessions)
    return tl::unexpected(sessions.error());
  ExitCode exit = ExitCode::pass;
  for (const Session &session : *sessions) {
    const Result<ExitCode> added = add(database, session, path, policy);
    if (!added)
      return added;
    if (*added != ExitCode::pass)
      exit = *added;
  }
  return exit;
}

} // namespace

Result<ExitCode> trend_add(const TrendAddOptions &options) {
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  Result<Database> database = Database::connect_or_create(options.store.place);
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> migrated = migrate(*database); !migrated)
    return tl::unexpected(migrated.error());
  ExitCode exit = ExitCode::pass;
  for (const std::string &path : options.sessions) {
    const Result<ExitCode> added = add_file(*database, path, *policy);
    if (!added)
      return added;
    if (*added != ExitCode::pass)
      exit = *added;
  }
  return exit;
}

} // namespace bootperf
