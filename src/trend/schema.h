#pragma once

#include "base/error.h"
#include "trend/database.h"

namespace bootperf {

/// The version of the tables that this program works with.
inline constexpr int schema_version = 2;

/// Makes the tables, or brings older ones up to schema_version, in one transaction. Many may do
/// so at once. An input error when the tables were made by a newer program.
Result<void> migrate(Database &database);

/// An input error that says what to do when the database holds no trend or one of another version.
Result<void> check_schema(Database &database);

} // namespace bootperf
