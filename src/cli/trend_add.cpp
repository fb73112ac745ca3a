#include "cli/trend_add.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/output.h"
#include "cli/policy_file.h"
#include "session/session_set.h"
#include "trend/store/store.h"

namespace bootperf {
namespace {

/// Counts what was left out.
Result<void> add(Database &database, const Session &session, const std::string &path,
                 const Policy &policy, std::size_t &left_out) {
  const Result<SessionRecord> record = record_of(session, policy);
  if (!record)
    return tl::unexpected(Error{record.error().kind, record.error().message, {path, 0, 0}});
  const Result<Added> added = add_session(database, *record);
  if (!added)
    return tl::unexpected(added.error());
  for (const std::string &each : record->left_out)
    write_error(fmt::format("bootperf: {}: left out {}\n", printable(path), printable(each)));
  left_out += record->left_out.size();
  return write_output(fmt::format(
      "{} {}\n", *added == Added::now ? "added" : "already there:", printable(record->session)));
}

/// A session's file, or that of a set of them.
Result<void> add_file(Database &database, const std::string &path, const Policy &policy,
                      std::size_t &left_out) {
  const Result<std::vector<Session>> sessions = read_session_set(path);
  if (!sessions)
    return tl::unexpected(sessions.error());
  for (const Session &session : *sessions)
    if (Result<void> added = add(database, session, path, policy, left_out); !added)
      return added;
  return {};
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
  std::size_t left_out = 0;
  for (const std::string &path : options.sessions)
    if (Result<void> added = add_file(*database, path, *policy, left_out); !added)
      return tl::unexpected(added.error());
  return left_out == 0 ? ExitCode::pass : ExitCode::not_measured;
}

} // namespace bootperf
