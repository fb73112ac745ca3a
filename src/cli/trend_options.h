#pragma once

#include <string>

#include "base/error.h"
#include "trend/store/database.h"
#include "trend/history.h"

namespace CLI {
class App;
}

namespace bootperf {

/// What every verb of `trend` has.
struct TrendPlace {
  std::string place = "trend.db"; ///< a SQLite file or postgresql://…
};

void add_place(CLI::App &verb, TrendPlace &place);

/// Reads the whole trend, which has to be there.
Result<History> read_trend(const TrendPlace &place);

/// Which part of a trend is meant; "" is all of it.
struct TrendPart {
  std::string machine_class; ///< how its name begins
  std::string metric;        ///< "wall" or "instructions"
  std::string phase;         ///< a phase's id or the end of one, at a " > "
};

void add_part(CLI::App &verb, TrendPart &part);

/// Only that part of the history; the nights stay.
History part_of(History history, const TrendPart &part);

/// The phase is the one meant.
bool is_meant(const std::string &phase, const TrendPart &part);

} // namespace bootperf
