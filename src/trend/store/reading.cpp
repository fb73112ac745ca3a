#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <soci/soci.h>

#include "base/clock.h"
#include "base/text.h"
#include "trend/store/store.h"

namespace bootperf {
namespace {

using soci::into;
using soci::use;

// Bounds of what is read into memory: whoever fills a database decides what is in it.
constexpr std::size_t most_sessions = 1'000'000;
constexpr std::size_t most_classes = 10'000;
constexpr std::size_t most_series = 200'000;
constexpr std::size_t most_points = 20'000'000;
constexpr std::size_t most_keys = 1'000'000;
constexpr std::size_t most_acceptances = 1'000'000;
constexpr std::size_t rows_at_once = 4096;
constexpr double largest_log = 50; // e^50 ns are more than a hundred thousand years

/// The sessions in order of time, and the place of each by its id in the database.
struct Sessions {
  std::vector<TrendSession> sessions;
  std::unordered_map<long long, std::uint32_t> places;
};

/// What goes wrong with the content, told with the table it is in.
class Content {
public:
  explicit Content(const Database &database) : database_(database) {}

  tl::unexpected<Error> reject(const char *table, const std::string &what) const {
    return fail(ErrorKind::input,
                fmt::format("{}: {}; bootperf did not write this: restore the trend from a backup, "
                            "or add its sessions to a new one",
                            table, what),
                {database_.name()});
  }

  static bool is_text(const std::string &text) {
    return text.size() <= longest_trend_text && printable(text) == text;
  }

private:
  const Database &database_;
};

Result<Sessions> read_sessions(soci::session &database, const Content &content) {
  std::vector<std::pair<long long, TrendSession>> rows;
  long long id = 0;
  TrendSession session;
  soci::statement select =
      (database.prepare << "SELECT id, name, created, revision, host FROM bootperf_session",
       into(id), into(session.id), into(session.created), into(session.commit), into(session.host));
  select.execute();
  while (select.fetch()) {
    if (rows.size() == most_sessions)
      return content.reject("bootperf_session", fmt::format("more than {} rows", most_sessions));
    if (!time_from_utc(session.created))
      return content.reject("bootperf_session",
                            fmt::format("\"{}\" is not a time", session.created));
    for (const std::string *text : {&session.id, &session.commit, &session.host})
      if (!Content::is_text(*text))
        return content.reject("bootperf_session", "a text that is too long or not printable");
    rows.emplace_back(id, session);
  }
  std::ranges::sort(rows, {},
                    [](const auto &row) { return std::tie(row.second.created, row.second.id); });
  Sessions result;
  for (auto &[row_id, row] : rows) {
    result.places[row_id] = static_cast<std::uint32_t>(result.sessions.size());
    result.sessions.push_back(std::move(row));
  }
  return result;
}

/// A class with its id in the database.
struct ClassRow {
  long long id = 0;
  ClassHistory history;
};

Result<std::vector<ClassRow>> read_classes(soci::session &database, const Content &content) {
  std::vector<ClassRow> rows;
  ClassRow row;
  std::string metric;
  soci::statement select =
      (database.prepare << "SELECT id, name, metric FROM bootperf_class ORDER BY name, metric",
       into(row.id), into(row.history.name), into(metric));
  select.execute();
  while (select.fetch()) {
    const auto known = metric_from_text(metric);
    if (!known || !Content::is_text(row.history.name) || rows.size() == most_classes)
      return content.reject("bootperf_class", "an unknown metric, a bad name, or too many rows");
    row.history.machine_class.metric = *known;
    rows.push_back(row);
  }
  std::string key;
  std::string value;
  long long id = 0;
  soci::statement keys = (database.prepare << "SELECT name, value FROM bootperf_class_key WHERE "
                                              "class_id = :id",
                          into(key), into(value), use(id));
  std::size_t read = 0;
  for (ClassRow &each : rows) {
    id = each.id;
    keys.execute();
    while (keys.fetch()) {
      if (!Content::is_text(key) || !Content::is_text(value) || ++read > most_keys)
        return content.reject("bootperf_class_key",
                              "a text that is too long or not printable, or too many rows");
      each.history.machine_class.keys[key] = value;
    }
  }
  return rows;
}

Result<void> read_series(soci::session &database, const Content &content, ClassRow &row) {
  PhaseSeries series;
  long long id = 0;
  soci::statement select = (database.prepare << "SELECT s.id, p.path FROM bootperf_series s JOIN "
                                                "bootperf_phase p ON p.id = s.phase_id WHERE "
                                                "s.class_id = :id ORDER BY p.path",
                            into(id), into(series.phase), use(row.id));
  select.execute();
  while (select.fetch()) {
    if (!Content::is_text(series.phase) || row.history.series.size() == most_series)
      return content.reject("bootperf_phase", "a bad path, or too many rows");
    series.id = id;
    row.history.series.push_back(series);
  }
  return {};
}

/// Reads the points of one series after the other with one statement.
class PointReader {
public:
  PointReader(soci::session &database, const Sessions &sessions, const Content &content)
      : sessions_(sessions), content_(content), session_(rows_at_once), launches_(rows_at_once),
        mean_(rows_at_once), spread_(rows_at_once),
        select_((database.prepare << "SELECT session_id, launches, mean, spread FROM "
                                     "bootperf_point WHERE series_id = :series",
                 into(session_), into(launches_), into(mean_), into(spread_), use(series_))) {}

  Result<void> read(PhaseSeries &series) {
    series_ = series.id;
    resize(rows_at_once);
    for (bool more = select_.execute(true); more; more = select_.fetch()) {
      for (std::size_t i = 0; i < session_.size(); ++i)
        if (Result<void> added = append(series, i); !added)
          return added;
      resize(rows_at_once);
    }
    std::ranges::sort(series.points, {}, &TrendPoint::session);
    return {};
  }

private:
  void resize(std::size_t rows) {
    session_.resize(rows);
    launches_.resize(rows);
    mean_.resize(rows);
    spread_.resize(rows);
  }

  Result<void> append(PhaseSeries &series, std::size_t i) {
    const auto found = sessions_.places.find(session_[i]);
    const bool in_range = std::isfinite(mean_[i]) && mean_[i] >= 0 && mean_[i] < largest_log &&
                          spread_[i] >= 0 && spread_[i] < largest_log && launches_[i] > 0;
    if (found == sessions_.places.end() || !in_range || ++read_ > most_points)
      return content_.reject("bootperf_point",
                             "a session that does not exist, a value out of range, or too many "
                             "rows");
    series.points.push_back(
        {found->second, static_cast<std::uint32_t>(launches_[i]), mean_[i], spread_[i]});
    return {};
  }

  const Sessions &sessions_;
  const Content &content_;
  long long series_ = 0;
  std::size_t read_ = 0;
  std::vector<long long> session_;
  std::vector<int> launches_;
  std::vector<double> mean_, spread_;
  soci::statement select_;
};

Result<void> read_acceptances(soci::session &database, const Content &content,
                              const Sessions &sessions,
                              const std::unordered_map<long long, PhaseSeries *> &series) {
  long long series_id = 0;
  long long session = 0;
  AcceptedStep step;
  std::size_t read = 0;
  soci::statement select =
      (database.prepare << "SELECT series_id, session_id, accepted, reason, "
                           "author FROM bootperf_acceptance",
       into(series_id), into(session), into(step.date), into(step.reason), into(step.by));
  select.execute();
  while (select.fetch()) {
    const auto of = series.find(series_id);
    const auto found = sessions.places.find(session);
    if (of == series.end() || found == sessions.places.end() || !Content::is_text(step.reason) ||
        !Content::is_text(step.date) || !Content::is_text(step.by) || ++read > most_acceptances)
      return content.reject("bootperf_acceptance",
                            "a step that does not exist, a bad text, or too many rows");
    step.session = found->second;
    of->second->accepted.push_back(step);
  }
  for (const auto &[id, each] : series)
    std::ranges::stable_sort(each->accepted, {}, &AcceptedStep::date);
  return {};
}

Result<History> read_all(soci::session &database, const Content &content) {
  Result<Sessions> sessions = read_sessions(database, content);
  if (!sessions)
    return tl::unexpected(sessions.error());
  Result<std::vector<ClassRow>> rows = read_classes(database, content);
  if (!rows)
    return tl::unexpected(rows.error());
  PointReader points(database, *sessions, content);
  std::unordered_map<long long, PhaseSeries *> by_id;
  for (ClassRow &row : *rows) {
    if (Result<void> read = read_series(database, content, row); !read)
      return tl::unexpected(read.error());
    for (PhaseSeries &series : row.history.series) {
      if (Result<void> read = points.read(series); !read)
        return tl::unexpected(read.error());
      by_id[series.id] = &series;
    }
  }
  if (Result<void> read = read_acceptances(database, content, *sessions, by_id); !read)
    return tl::unexpected(read.error());
  History history{std::move(sessions->sessions), {}};
  for (ClassRow &row : *rows) {
    std::erase_if(row.history.series,
                  [](const PhaseSeries &series) { return series.points.empty(); });
    if (!row.history.series.empty())
      history.classes.push_back(std::move(row.history));
  }
  return history;
}

} // namespace

Result<History> read_history(Database &database) {
  const Content content(database);
  Result<History> history;
  const Result<void> read = database.read([&](soci::session &transaction) -> Result<void> {
    history = read_all(transaction, content);
    return history ? Result<void>{} : tl::unexpected(history.error());
  });
  if (!read)
    return tl::unexpected(read.error());
  return history;
}

} // namespace bootperf
