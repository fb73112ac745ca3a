#pragma once

#include <optional>
#include <string>

namespace bootperf {

/// The URI of an empty database on a real PostgreSQL server, which runs in a directory of its own,
/// without the network, until the test program ends. None where PostgreSQL is not installed.
std::optional<std::string> postgresql_database();

} // namespace bootperf
