#include "cli/kept_profiles.h"

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/gzip.h"
#include "cli/command_line.h"
#include "cli/new_baseline.h"
#include "profile/profile_json.h"
#include "session/scenario_name.h"

namespace bootperf {
namespace {

/// A key of a kept profile's environment: whose it is.
constexpr const char *session_key = "session";

std::filesystem::path file_of(const std::filesystem::path &session_path, const std::string &subject,
                              const Scenario &scenario) {
  const std::string variant = variant_of_scenario(scenario.name);
  return directory_beside(session_path, "profiles") /
         (subject + (variant.empty() ? "" : "-" + variant) + ".json.gz");
}

/// A profile that cannot be read is no reason to refuse the session.
std::optional<Profile> kept_profile(const std::filesystem::path &session_path,
                                    const Session &session, const std::string &subject,
                                    const Scenario &scenario) {
  Result<Profile> profile = read_profile(file_of(session_path, subject, scenario));
  if (!profile)
    return std::nullopt;
  const auto id = profile->environment.find(session_key);
  if (id == profile->environment.end() || id->second != session.id)
    return std::nullopt;
  return std::move(*profile);
}

Result<void> keep_profile(const std::filesystem::path &file, const Session &session,
                          Profile profile) {
  profile.environment[session_key] = session.id;
  return write_packed_file(file, profile_json(profile));
}

} // namespace

ProfiledSubject keeping(ProfiledSubject launch, const std::filesystem::path &session_path,
                        const Session &session) {
  return [launch = std::move(launch), session_path, &session](const std::string &subject,
                                                              const Scenario &scenario) {
    Result<Profile> profile = launch(subject, scenario);
    if (profile)
      if (const Result<void> kept =
              keep_profile(file_of(session_path, subject, scenario), session, *profile);
          !kept)
        write_error("WARNING: the profile was not kept: " + to_text(kept.error()) + '\n');
    return profile;
  };
}

ProfiledSubject kept_profiles(const std::filesystem::path &session_path, const Session &session) {
  std::map<std::pair<std::string, std::string>, Profile> profiles; // by subject and scenario
  bool of_head = false;
  for (const Scenario &scenario : session.scenarios)
    for (const char *subject : {"base", "head"})
      if (auto profile = kept_profile(session_path, session, subject, scenario)) {
        profiles[{subject, scenario.name}] = std::move(*profile);
        of_head = of_head || subject == std::string_view("head");
      }
  if (!of_head)
    return launches_nothing;
  return [profiles = std::move(profiles)](const std::string &subject,
                                          const Scenario &scenario) -> Result<Profile> {
    const auto found = profiles.find({subject, scenario.name});
    return found == profiles.end()
               ? Result<Profile>(fail(ErrorKind::not_measured, "none was kept beside the session"))
               : found->second;
  };
}

CheckReport check_recorded(const Session &session, const std::string &file,
                           const Thresholds &thresholds, const CheckFlags &flags) {
  CheckReport report = check(session, file, thresholds, flags);
  name_functions_of_check(report, session, thresholds.baselines, thresholds.policy, flags.directory,
                          kept_profiles(file, session));
  return report;
}

CheckReport compare_recorded(const Session &session, const std::string &file, const Policy &policy,
                             const CompareOptions &options) {
  CheckReport report = compare_session(session, policy, options);
  name_functions_of_comparison(report, session, kept_profiles(file, session));
  return report;
}

} // namespace bootperf
