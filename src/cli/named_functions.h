#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "profile/profile.h"
#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/explain/report.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// Which functions regressed, said with a verdict that stands already: whatever becomes of the
/// profiled launches, neither it nor the exit code changes.

/// Makes one profiled launch of a subject, "base" or "head", in a scenario of the session.
using ProfiledSubject =
    std::function<Result<Profile>(const std::string &subject, const Scenario &scenario)>;

/// Whether its launches have a network.
bool is_networked(const Scenario &scenario);

/// Launches nothing: the report then says the command that does.
inline constexpr std::nullptr_t launches_nothing = nullptr;

/// Of a session that was checked against baselines: head, launched now, against what is committed
/// beside the baseline. Nothing is launched unless work regressed.
void name_functions_of_check(CheckReport &report, const Session &session,
                             const std::vector<Baseline> &baselines, const Policy &policy,
                             const std::string &thresholds, const ProfiledSubject &launch);

/// Of a session of two subjects: head against base, both launched now.
void name_functions_of_comparison(CheckReport &report, const Session &session,
                                  const ProfiledSubject &launch);

/// Says on standard error what the verdict on a scenario is, before a launch that tells no more
/// than the functions: it stands, whatever becomes of that launch.
void tell_verdict(const CheckReport &report, const std::string &scenario);

/// How long a profiled launch may take: four times the longest launch of the session and half a
/// minute at least, since it runs beside nothing and takes a quarter more; never longer than asked.
std::chrono::milliseconds profiled_deadline(const Session &session,
                                            std::chrono::milliseconds asked);

} // namespace bootperf
