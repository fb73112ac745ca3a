#include "trend/store/database.h"

#include <chrono>
#include <filesystem>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include "base/text.h"

namespace bootperf {
namespace {

constexpr int most_attempts = 30;
constexpr int longest_pause_ms = 100;

bool is_uri(const std::string &place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

// What one may try again: SQLite's busy and locked; PostgreSQL's serialization failures,
// deadlocks and locks that were not to be had.
bool is_transient(const soci::soci_error &error) {
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    const int code = sqlite->result() & 0xff; // without the extension
    return code == SQLITE_BUSY || code == SQLITE_LOCKED;
  }
  if (const auto *postgresql = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    const std::string state = postgresql->sqlstate();
    return state == "40001" || state == "40P01" || state == "55P03";
  }
  return false;
}

Error error_of(const std::exception &error, const std::string &name) {
  std::string text = error.what();
  while (text.ends_with('\n'))
    text.pop_back();
  return {ErrorKind::io, text, {name, 0, 0}};
}

// Writers that met once should not meet again at once.
void pause(int attempt) {
  thread_local std::minstd_rand random(std::random_device{}());
  const int longest = std::min(longest_pause_ms, 5 * attempt);
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution(1, longest)(random)));
}

/// Tries until nobody is in the way; `undo` comes after each time that failed.
template <class Try, class Undo>
Result<void> retried(const std::string &name, const Try &attempt, const Undo &undo) {
  for (int count = 1;; ++count) {
    try {
      return attempt();
    } catch (const soci::soci_error &error) {
      undo();
      if (!is_transient(error) || count == most_attempts)
        return tl::unexpected(error_of(error, name));
    } catch (const std::exception &error) {
      undo();
      return tl::unexpected(error_of(error, name));
    }
    pause(count);
  }
}

void roll_back(soci::session &session) {
  try {
    session << "ROLLBACK";
  } catch (const std::exception &) { // the transaction has ended by itself
  }
}

// A host that does not answer would otherwise hold up a CI job for minutes.
std::string with_time_limit(const std::string &uri) {
  if (uri.find("connect_timeout") != std::string::npos)
    return uri;
  return uri + (uri.find('?') == std::string::npos ? "?" : "&") + "connect_timeout=10";
}

Result<std::string> sqlite_parameters(const std::string &path) {
  if (path.find('"') != std::string::npos || path.find('\0') != std::string::npos)
    return fail(ErrorKind::usage, "the path of a trend may not contain a quote",
                {shown_place(path)});
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error || path.empty())
    return fail(ErrorKind::usage, "expected the path of a trend, or postgresql://…");
  return "dbname=\"" + absolute.string() + "\"";
}

Result<std::unique_ptr<soci::session>> connected(const soci::backend_factory &backend,
                                                 const std::string &parameters,
                                                 const std::string &name) {
  try {
    return std::make_unique<soci::session>(backend, parameters);
  } catch (const std::exception &error) {
    return tl::unexpected(error_of(error, name));
  }
}

// The file is somebody's: its views, triggers and cells are not to be trusted. Write-ahead logging
// lets readers and a writer work at once; FULL keeps what was reported as added through a power
// cut.
void prepare_sqlite(soci::session &session) {
  session << "PRAGMA busy_timeout = 10000";
  session << "PRAGMA trusted_schema = OFF";
  session << "PRAGMA cell_size_check = ON";
  session << "PRAGMA foreign_keys = ON";
  session << "PRAGMA journal_mode = WAL";
  session << "PRAGMA synchronous = FULL";
}

} // namespace

std::string shown_place(const std::string &place) {
  if (!is_uri(place))
    return printable(place);
  const std::size_t begin = place.find("://") + 3;
  const std::size_t end = std::min(place.find('?'), place.size()); // a parameter can be a password
  const std::size_t at = place.rfind('@', end);
  const std::size_t host = at == std::string::npos || at < begin ? begin : at + 1;
  return printable("postgresql://" + place.substr(host, end - std::min(host, end)));
}

Database::Database(std::unique_ptr<soci::session> session, Dialect dialect, std::string name)
    : session_(std::move(session)), dialect_(dialect), name_(std::move(name)) {}
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::connect(const std::string &place) {
  std::error_code error;
  if (!is_uri(place) && !std::filesystem::exists(place, error))
    return fail(ErrorKind::input, "no trend here yet: `bootperf trend add SESSION` creates one",
                {shown_place(place)});
  return connect_or_create(place);
}

Result<Database> Database::connect_or_create(const std::string &place) {
  const std::string name = shown_place(place);
  if (is_uri(place)) {
    auto session = connected(soci::postgresql, with_time_limit(place), name);
    if (!session)
      return tl::unexpected(session.error());
    return Database(std::move(*session), Dialect::postgresql, name);
  }
  const Result<std::string> parameters = sqlite_parameters(place);
  if (!parameters)
    return tl::unexpected(parameters.error());
  auto session = connected(soci::sqlite3, *parameters, name);
  if (!session)
    return tl::unexpected(session.error());
  const auto prepare = [&]() -> Result<void> {
    prepare_sqlite(**session);
    return {};
  };
  if (Result<void> prepared = retried(name, prepare, [] {}); !prepared)
    return tl::unexpected(prepared.error());
  return Database(std::move(*session), Dialect::sqlite, name);
}

Result<void> Database::transact(const char *begin, const Work &work) {
  const auto attempt = [&]() -> Result<void> {
    *session_ << begin;
    Result<void> done = work(*session_);
    if (done)
      *session_ << "COMMIT";
    else
      roll_back(*session_);
    return done;
  };
  return retried(name_, attempt, [&] { roll_back(*session_); });
}

Result<void> Database::write(const Work &work) {
  // IMMEDIATE: two that read first and write later could only give up.
  return transact(dialect_ == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN", work);
}

Result<void> Database::read(const Work &work) {
  return transact(dialect_ == Dialect::sqlite ? "BEGIN"
                                              : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                  work);
}

} // namespace bootperf
