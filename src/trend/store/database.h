#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"

namespace soci {
class session;
}

namespace bootperf {

enum class Dialect { sqlite, postgresql };

/// How long to wait while others write, and who is told that one waits.
struct Patience {
  std::chrono::milliseconds before_telling{1'000};
  std::chrono::milliseconds at_most{60'000};
  std::function<void(const std::string &)> told = {}; ///< once, in a sentence
};

/// A connection to the database of a trend.
class Database {
public:
  /// "postgresql://…" (any URI that libpq takes) or the path of a SQLite file, which has to exist.
  static Result<Database> connect(const std::string &place, Patience patience = {});
  /// The same, only to read: not a byte of a file is written, and it may be one that cannot be.
  static Result<Database> connect_to_read(const std::string &place, Patience patience = {});
  /// The same, and makes a SQLite file that is not there yet.
  static Result<Database> connect_or_create(const std::string &place, Patience patience = {});

  Database(Database &&) noexcept;
  Database &operator=(Database &&) noexcept;
  ~Database();

  Dialect dialect() const { return dialect_; }
  /// The place for people: without a user or a password.
  const std::string &name() const { return name_; }

  using Work = std::function<Result<void>(soci::session &)>;

  /// Does the work in one transaction that sees nothing of other writers: all of it is stored
  /// when this returns without an error, and nothing otherwise. The work is done again from its
  /// beginning when another writer was in the way, so it must not have effects elsewhere that
  /// would add up.
  Result<void> write(const Work &work);
  /// Does the work on one consistent state of the database.
  Result<void> read(const Work &work);

private:
  Database(std::unique_ptr<soci::session> session, Dialect dialect, std::string name,
           Patience patience);
  Result<void> transact(const char *begin, const Work &work);

  std::unique_ptr<soci::session> session_;
  Dialect dialect_;
  std::string name_;
  Patience patience_;
};

/// The place of a trend as it may be shown: no user, no password, printable.
std::string shown_place(const std::string &place);

} // namespace bootperf
