#include "cli/what_to_fix.h"

#include <filesystem>
#include <optional>

#include "base/text.h"
#include "cli/command_line.h"
#include "cli/what_if_options.h"
#include "profile/profile_json.h"
#include "session/session_file.h"
#include "whatif/ranking.h"

namespace bootperf {
namespace {

/// What is not known differs from nothing.
bool are_different(const std::string &one, const std::string &other) {
  return !one.empty() && !other.empty() && one != other;
}

/// What levers saved in a session. On another kernel than the profile's they save something else.
Result<LeverRanking> ranking_in(const std::string &file, const Profile &profile) {
  const Result<Session> session = read_session(file);
  if (!session)
    return tl::unexpected(session.error());
  const Scenario *const scenario = session->scenario(lever_scenario, as_it_is_subject);
  const std::string profiled = text_under(profile.environment, "kernel"),
                    tried = scenario ? text_under(scenario->keys, "kernel") : "";
  if (are_different(profiled, tried))
    return fail(ErrorKind::input,
                "these levers were tried with the kernel " + printable(tried) +
                    ", and the profile is of " + printable(profiled),
                {file, 0, 0});
  return rank_levers(*session, what_if_error_rate);
}

/// What levers saved when they were measured; none where nobody did, or where the session that only
/// lies there is of no use.
Result<std::optional<LeverRanking>> measured_levers(const WhatToFix &asked,
                                                    const Profile &profile) {
  std::error_code none;
  const bool is_asked_for = !asked.measured.empty();
  if (!is_asked_for && !std::filesystem::exists(standard_what_if, none))
    return std::optional<LeverRanking>();
  Result<LeverRanking> ranking =
      ranking_in(is_asked_for ? asked.measured : standard_what_if, profile);
  if (ranking) {
    if (!is_asked_for)
      write_error(std::string("measured in ") + standard_what_if + "\n");
    return std::optional(std::move(*ranking));
  }
  if (is_asked_for)
    return tl::unexpected(ranking.error());
  write_error("NOTE: " + to_text(ranking.error()) + ": what levers saved is left out\n");
  return std::optional<LeverRanking>();
}

Result<Suggestions> suggestions_of(const Profile &profile, const WhatToFix &asked) {
  const Result<std::vector<Lever>> levers = load_levers(asked.levers);
  if (!levers)
    return tl::unexpected(levers.error());
  return measured_levers(asked, profile).map([&](const std::optional<LeverRanking> &measured) {
    return suggestions_for(profile, *levers, measured);
  });
}

} // namespace

Result<Suggestions> what_to_fix(const WhatToFix &asked) {
  return read_profile(asked.profile).and_then([&](const Profile &profile) {
    return suggestions_of(profile, asked);
  });
}

Result<Suggestions> what_to_fix_in(const Session &session, const Profile &profile,
                                   const WhatToFix &asked) {
  const std::string profiled = text_under(profile.environment, "kernel");
  for (const Scenario &scenario : session.scenarios) {
    if (session.comparison && scenario.subject == "base")
      continue;
    if (const std::string booted = text_under(scenario.keys, "kernel");
        are_different(profiled, booted))
      return fail(ErrorKind::input,
                  "the profile is of the kernel " + printable(profiled) +
                      ", and the session booted " + printable(booted),
                  {asked.profile, 0, 0});
  }
  return suggestions_of(profile, asked);
}

} // namespace bootperf
