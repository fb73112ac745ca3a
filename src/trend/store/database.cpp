#include "trend/store/database.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>

#include <fmt/format.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sqlite3.h>

#include "base/files.h"
#include "base/text.h"

namespace bootperf {
namespace {

constexpr int longest_pause_ms = 100;

bool is_uri(const std::string &place) {
  return place.starts_with("postgresql://") || place.starts_with("postgres://");
}

// What one may try again: SQLite's busy and locked; PostgreSQL's serialization failures,
// deadlocks and locks that were not to be had, and a server on this machine that so many connect to
// at once that its queue is full, which is told in no other way.
bool is_transient(const soci::soci_error &error) {
  if (const auto *sqlite = dynamic_cast<const soci::sqlite3_soci_error *>(&error)) {
    const int code = sqlite->result() & 0xff; // without the extension
    return code == SQLITE_BUSY || code == SQLITE_LOCKED;
  }
  if (const auto *postgresql = dynamic_cast<const soci::postgresql_soci_error *>(&error)) {
    const std::string state = postgresql->sqlstate();
    return state == "40001" || state == "40P01" || state == "55P03";
  }
  return error.get_error_message().find(std::strerror(EAGAIN)) != std::string::npos;
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

/// Tries until nobody is in the way or patience has ended; `undo` comes after each time that
/// failed.
template <class Try, class Undo>
Result<void> retried(const std::string &name, const Patience &patience, const Try &attempt,
                     const Undo &undo) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  bool told = false;
  for (int count = 1;; ++count) {
    try {
      return attempt();
    } catch (const soci::soci_error &error) {
      undo();
      const auto waited = Clock::now() - begin;
      if (!is_transient(error) || waited >= patience.at_most)
        return tl::unexpected(error_of(error, name));
      if (!told && patience.told && waited >= patience.before_telling) {
        patience.told(fmt::format("{}: another program is at it; waiting for up to {} s", name,
                                  patience.at_most.count() / 1000));
        told = true;
      }
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

/// A session that is connected and prepared, by `prepare(session)`.
template <class Prepare>
Result<std::unique_ptr<soci::session>>
connected(const soci::backend_factory &backend, const std::string &parameters,
          const std::string &name, const Patience &patience, const Prepare &prepare) {
  std::unique_ptr<soci::session> session;
  const auto attempt = [&]() -> Result<void> {
    session = std::make_unique<soci::session>(backend, parameters);
    prepare(*session);
    return {};
  };
  if (Result<void> done = retried(name, patience, attempt, [] {}); !done)
    return tl::unexpected(done.error());
  return session;
}

// The file is somebody's: its views, triggers and cells are not to be trusted. How long a lock is
// waited for at a time: whoever has to wait is told so in between.
void distrust(soci::session &session) {
  session << "PRAGMA busy_timeout = 250";
  session << "PRAGMA trusted_schema = OFF";
  session << "PRAGMA cell_size_check = ON";
  session << "PRAGMA foreign_keys = ON";
}

// Write-ahead logging lets readers and a writer work at once; FULL keeps what was reported as added
// through a power cut.
void prepare_to_write(soci::session &session) {
  distrust(session);
  session << "PRAGMA journal_mode = WAL";
  session << "PRAGMA synchronous = FULL";
}

// A lock is waited for as long as SQLite's, so that the waiting can be told.
void wait_shortly(soci::session &session) {
  session << "SET lock_timeout = 250";
}

tl::unexpected<Error> no_trend_yet(const std::string &path) {
  return fail(ErrorKind::input, "no trend here yet: `bootperf trend add SESSION` creates one",
              {shown_place(path)});
}

// SQLite itself would write its header over an empty file, and wait for a pipe for ever.
Result<void> check_sqlite_file(const std::string &path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status))
    return no_trend_yet(path);
  if (!std::filesystem::is_regular_file(status))
    return fail(ErrorKind::input, "not a file: expected a trend, which is a SQLite database",
                {shown_place(path)});
  constexpr std::string_view magic("SQLite format 3\0", 16);
  return read_beginning(path, magic.size()).and_then([&](const std::string &begin) -> Result<void> {
    if (begin.empty() || begin == magic)
      return {};
    return fail(ErrorKind::input, "not a trend: expected a SQLite database", {shown_place(path)});
  });
}

// Write-ahead logs want a directory that can be written to, for readers, too; in one that cannot
// be, nobody writes.
std::string unchanging(const std::string &path) {
  std::string uri = "file:";
  for (const char byte : std::filesystem::absolute(path).string())
    uri += byte == '%' || byte == '?' || byte == '#'
               ? fmt::format("%{:02x}", static_cast<unsigned char>(byte))
               : std::string(1, byte);
  return "dbname=\"" + uri + "?immutable=1\" readonly=true";
}

bool has_write_ahead_log(const std::string &path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path + "-wal", error);
  return !error && size > 0;
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

Database::Database(std::unique_ptr<soci::session> session, Dialect dialect, std::string name,
                   Patience patience)
    : session_(std::move(session)), dialect_(dialect), name_(std::move(name)),
      patience_(std::move(patience)) {}
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::connect(const std::string &place, Patience patience) {
  std::error_code error;
  if (!is_uri(place) && !std::filesystem::exists(place, error))
    return no_trend_yet(place);
  return connect_or_create(place, std::move(patience));
}

Result<Database> Database::connect_to_read(const std::string &place, Patience patience) {
  if (is_uri(place))
    return connect_or_create(place, std::move(patience));
  const std::string name = shown_place(place);
  const Result<std::string> parameters =
      check_sqlite_file(place).and_then([&] { return sqlite_parameters(place); });
  if (!parameters)
    return tl::unexpected(parameters.error());
  const auto prepare = [](soci::session &session) {
    distrust(session);
    int tables = 0;
    session << "SELECT count(*) FROM sqlite_master", soci::into(tables);
  };
  auto session = connected(soci::sqlite3, *parameters + " readonly=true", name, patience, prepare);
  if (!session && !has_write_ahead_log(place))
    if (auto unwritable = connected(soci::sqlite3, unchanging(place), name, patience, prepare))
      session = std::move(unwritable);
  if (!session)
    return tl::unexpected(session.error());
  return Database(std::move(*session), Dialect::sqlite, name, std::move(patience));
}

Result<Database> Database::connect_or_create(const std::string &place, Patience patience) {
  const std::string name = shown_place(place);
  if (is_uri(place)) {
    auto session =
        connected(soci::postgresql, with_time_limit(place), name, patience, wait_shortly);
    if (!session)
      return tl::unexpected(session.error());
    return Database(std::move(*session), Dialect::postgresql, name, std::move(patience));
  }
  std::error_code error;
  if (std::filesystem::exists(place, error))
    if (Result<void> is_file = check_sqlite_file(place); !is_file)
      return tl::unexpected(is_file.error());
  const Result<std::string> parameters = sqlite_parameters(place);
  if (!parameters)
    return tl::unexpected(parameters.error());
  auto session = connected(soci::sqlite3, *parameters, name, patience, prepare_to_write);
  if (!session)
    return tl::unexpected(session.error());
  return Database(std::move(*session), Dialect::sqlite, name, std::move(patience));
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
  return retried(name_, patience_, attempt, [&] { roll_back(*session_); });
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
