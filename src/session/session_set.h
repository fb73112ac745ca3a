#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"

namespace bootperf {

/// Several sessions in one file (shards, nights), each kept as it is: {"sessions": 1, "set": […]}.
/// Launches of two sessions are never one session: what differs between sessions would pass for
/// what differs between launches.

/// The sessions of a set, or the one that the text is; as strict as parse_session.
Result<std::vector<Session>> parse_sessions(std::string_view json, const std::string &name);
/// Reads a file of at most 256 MiB, as it is or packed by gzip.
Result<std::vector<Session>> read_session_set(const std::string &path);

/// The sessions of these files, each a session or a set of them, in their order.
Result<std::vector<Session>> read_sessions(const std::vector<std::string> &files);

/// Each session once, in the order of their first coming. Two that differ and have the same id are
/// an input error, and so are two of which one is, in part, a copy of the other.
Result<std::vector<Session>> without_copies(std::vector<Session> sessions);

/// Replaces the file whole; packs it when its name ends in ".gz". A set that could not be read
/// back, being larger than 256 MiB, is an input error.
Result<void> write_session_set(const std::string &path, const std::vector<Session> &sessions);

} // namespace bootperf
