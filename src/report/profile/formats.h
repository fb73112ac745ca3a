#pragma once

#include <cstddef>
#include <string>

#include "base/error.h"
#include "profile/difference.h"
#include "profile/profile.h"
#include "report/text/style.h"

namespace bootperf {

/// What a profile is written as, a format a .cpp file. Counts are means over its launches, rounded
/// to whole instructions where a format wants them. The recorded profile itself is
/// profile/profile_json.h.

/// The functions that take most, over all phases and in each of the longest phases, with their
/// shares of the launch. most: how many over all.
std::string profile_text(const Profile &profile, std::size_t most, const TextStyle &style);

/// A line a phase and function, "run;launch;…;vmlinux;sha256_update 466820373": what flame graphs
/// are drawn of (FlameGraph's flamegraph.pl, inferno, speedscope).
std::string profile_folded(const Profile &profile);

/// The Callgrind format of KCachegrind: phases call phases and functions.
/// https://valgrind.org/docs/manual/cl-format.html
std::string profile_callgrind(const Profile &profile);

/// pprof's Profile message, packed by gzip: phases are the callers of functions, objects are
/// mappings. https://github.com/google/pprof/blob/main/proto/profile.proto
Result<std::string> profile_pprof(const Profile &profile);

/// A record a phase and function (RFC 4180): phase, object, function, instructions, spinning, runs,
/// share of the launch.
std::string profile_csv(const Profile &profile);

/// Functions by change, what is new and what is gone.
std::string difference_text(const ProfileDifference &difference, std::size_t most,
                            const TextStyle &style);

/// {"profile_difference": 1, "base", "head", "noise"?, "base_spinning", "head_spinning", "changes":
/// [{"object", "function", "moved_from"?, "base", "head", "change", "noise", "new", "gone",
/// "phase"}], "within_noise", "small", "rest"}
std::string difference_json(const ProfileDifference &difference);

/// A record a change: object, function, base, head, change, noise, phase.
std::string difference_csv(const ProfileDifference &difference);

/// An object for people, safe to print: of a file its name without the directory.
std::string short_object(const std::string &object);

} // namespace bootperf
