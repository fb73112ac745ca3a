#include <map>

#include <soci/soci.h>

#include "trend/store/store.h"

namespace bootperf {
namespace {

using soci::into;
using soci::use;

/// The id of a new session; none when it is there already. Another transaction that is adding the
/// same one is waited for.
std::optional<long long> insert_session(soci::session &database, const SessionRecord &record) {
  long long id = 0;
  database << "INSERT INTO bootperf_session (name, created, revision, host) VALUES (:name, "
              ":created, :revision, :host) ON CONFLICT DO NOTHING RETURNING id",
      use(record.session), use(record.created), use(record.commit), use(record.host), into(id);
  return database.got_data() ? std::optional(id) : std::nullopt;
}

long long class_id(soci::session &database, const MachineClass &machine_class) {
  const std::string name = machine_class.name();
  const std::string metric(to_text(machine_class.metric));
  long long id = 0;
  database << "INSERT INTO bootperf_class (name, metric) VALUES (:name, :metric) ON CONFLICT DO "
              "NOTHING RETURNING id",
      use(name), use(metric), into(id);
  if (!database.got_data()) {
    database << "SELECT id FROM bootperf_class WHERE name = :name AND metric = :metric", use(name),
        use(metric), into(id);
    return id;
  }
  for (const auto &[key, value] : machine_class.keys)
    database << "INSERT INTO bootperf_class_key (class_id, name, value) VALUES (:id, :name, "
                ":value)",
        use(id), use(key), use(value);
  return id;
}

long long phase_id(soci::session &database, const std::string &path) {
  long long id = 0;
  database << "SELECT id FROM bootperf_phase WHERE path = :path", use(path), into(id);
  if (database.got_data())
    return id;
  database << "INSERT INTO bootperf_phase (path) VALUES (:path) ON CONFLICT DO NOTHING", use(path);
  database << "SELECT id FROM bootperf_phase WHERE path = :path", use(path), into(id);
  return id;
}

std::map<std::string, long long> known_series(soci::session &database, long long class_id) {
  std::map<std::string, long long> known;
  std::string path;
  long long id = 0;
  soci::statement select = (database.prepare << "SELECT p.path, s.id FROM bootperf_series s JOIN "
                                                "bootperf_phase p ON p.id = s.phase_id WHERE "
                                                "s.class_id = :class",
                            into(path), into(id), use(class_id));
  select.execute();
  while (select.fetch())
    known[path] = id;
  return known;
}

long long new_series(soci::session &database, long long class_id, const std::string &path) {
  const long long phase = phase_id(database, path);
  long long id = 0;
  database << "INSERT INTO bootperf_series (class_id, phase_id) VALUES (:class, :phase) ON "
              "CONFLICT DO NOTHING",
      use(class_id), use(phase);
  database << "SELECT id FROM bootperf_series WHERE class_id = :class AND phase_id = :phase",
      use(class_id), use(phase), into(id);
  return id;
}

void insert_class(soci::session &database, long long session, const ClassRecord &record) {
  const long long id = class_id(database, record.machine_class);
  std::map<std::string, long long> series = known_series(database, id);
  long long series_id = 0;
  auto launches = static_cast<int>(record.launches);
  double mean = 0;
  double spread = 0;
  soci::statement insert =
      (database.prepare << "INSERT INTO bootperf_point (series_id, session_id, launches, mean, "
                           "spread) VALUES (:series, :session, :launches, :mean, :spread)",
       use(series_id), use(session), use(launches), use(mean), use(spread));
  // In order of their paths in every program, so that writers wait for each other in one
  // direction only.
  for (const PhaseRecord &phase : record.phases) {
    const auto known = series.find(phase.phase);
    series_id = known != series.end() ? known->second : new_series(database, id, phase.phase);
    mean = phase.mean;
    spread = phase.spread;
    insert.execute(true);
  }
}

} // namespace

Result<Added> add_session(Database &database, const SessionRecord &record) {
  Added added = Added::before;
  const Result<void> written = database.write([&](soci::session &transaction) -> Result<void> {
    added = Added::before;
    const std::optional<long long> id = insert_session(transaction, record);
    if (!id)
      return {};
    added = Added::now;
    for (const ClassRecord &each : record.classes)
      insert_class(transaction, *id, each);
    return {};
  });
  return written.map([&] { return added; });
}

Result<void> accept_steps(Database &database, const std::vector<StepToAccept> &steps,
                          const StepAcceptance &acceptance) {
  return database.write([&](soci::session &transaction) -> Result<void> {
    for (const StepToAccept &step : steps) {
      const long long series = step.series;
      transaction << "INSERT INTO bootperf_acceptance (series_id, session_id, accepted, reason, "
                     "author) SELECT :series, id, :date, :reason, :author FROM bootperf_session "
                     "WHERE name = :name ON CONFLICT (series_id, session_id) DO UPDATE SET "
                     "accepted = excluded.accepted, reason = excluded.reason, author = "
                     "excluded.author",
          use(series), use(acceptance.date), use(acceptance.reason), use(acceptance.by),
          use(step.session);
    }
    return {};
  });
}

} // namespace bootperf
