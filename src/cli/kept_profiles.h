#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "cli/check_options.h"
#include "cli/named_functions.h"
#include "cli/thresholds.h"
#include "session/session.h"
#include "verdict/compare/compare.h"

namespace bootperf {

/// The profiles of a session's subjects, kept beside it, so that a later look at the session names
/// the functions without a launch: "gate.json" has "gate.profiles/head.json.gz", and of another
/// scenario of the same mode "gate.profiles/head-network.json.gz".

/// What makes a profiled launch, but keeps it, too, in place of one that an earlier session of that
/// name left. That it cannot be kept is said on standard error and no more.
ProfiledSubject keeping(ProfiledSubject launch, const std::filesystem::path &session_path,
                        const Session &session);

/// The profiles that were kept of this session, in place of launches; launches_nothing when there
/// are none, or they are another session's.
ProfiledSubject kept_profiles(const std::filesystem::path &session_path, const Session &session);

/// The check of a session that was made before, in this file, with the functions by the profiles
/// that were kept of it.
CheckReport check_recorded(const Session &session, const std::string &file,
                           const Thresholds &thresholds, const CheckFlags &flags);

/// The same of a session of two subjects.
CheckReport compare_recorded(const Session &session, const std::string &file, const Policy &policy,
                             const CompareOptions &options);

} // namespace bootperf
