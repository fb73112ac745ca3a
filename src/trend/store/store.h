#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "trend/history.h"
#include "trend/record.h"
#include "trend/store/database.h"

namespace bootperf {

// The trend in a database: its tables (schema.cpp), what is added to it (writing.cpp) and what
// comes out (reading.cpp). Connections and transactions are in database.h.

/// The version of the tables that this program works with.
inline constexpr int schema_version = 3;

/// Makes the tables, or brings older ones up to schema_version, in one transaction. Many may do
/// so at once. An input error when the tables were made by a newer program.
Result<void> migrate(Database &database);

/// An input error that says what to do when the database holds no trend or one of another version.
Result<void> check_schema(Database &database);

enum class Added { now, before };

/// Stores a session as a whole: when this returns it is there once, however often it was added and
/// by whom.
Result<Added> add_session(Database &database, const SessionRecord &record);

/// A step to be accepted.
struct StepToAccept {
  std::int64_t series = 0; ///< PhaseSeries::id
  std::string session;     ///< of the first night after the step
};

/// Why steps are accepted. Texts are printable and bounded.
struct StepAcceptance {
  std::string reason;
  std::string by;   ///< who says so, or ""
  std::string date; ///< ISO 8601, UTC
};

/// Keeps it with each of the steps; a step that was accepted before gets the new reason.
Result<void> accept_steps(Database &database, const std::vector<StepToAccept> &steps,
                          const StepAcceptance &acceptance);

/// The whole trend. What it holds is checked: an input error for a value that bootperf did not
/// write.
Result<History> read_history(Database &database);

} // namespace bootperf
