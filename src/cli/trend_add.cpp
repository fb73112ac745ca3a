#include "cli/trend_add.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cli/output.h"
#include "session/session.h"
#include "trend/schema.h"
#include "trend/store.h"

namespace bootperf {
namespace {

Result<void> add_file(Database &database, const std::string &path, const Policy &policy) {
  const Result<Session> session = read_session(path);
  if (!session)
    return tl::unexpected(session.error());
  const Result<SessionRecord> record = record_of(*session, policy);
  if (!record)
    return tl::unexpected(Error{record.error().kind, record.error().message, {path, 0, 0}});
  const Result<Added> added = add_session(database, *record);
  if (!added)
    return tl::unexpected(added.error());
  for (const std::string &each : record->left_out)
    write_error(fmt::format("bootperf: {}: left out {}\n", printable(path), printable(each)));
  return write_output(fmt::format(
      "{} {}\n", *added == Added::now ? "added" : "already there:", printable(record->session)));
}

} // namespace

Result<ExitCode> trend_add(const TrendAddOptions &options) {
  const Result<Policy> policy = load_policy(options.directory + "/policy.yaml");
  if (!policy)
    return tl::unexpected(policy.error());
  Result<Database> database = Database::connect_or_create(options.store.place);
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> migrated = migrate(*database); !migrated)
    return tl::unexpected(migrated.error());
  for (const std::string &path : options.sessions)
    if (Result<void> added = add_file(*database, path, *policy); !added)
      return tl::unexpected(added.error());
  return ExitCode::pass;
}

} // namespace bootperf
