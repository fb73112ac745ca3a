#include "cli/kept_profiles.h"

#include <map>
#include <optional>
#include <utility>

#include "base/gzip.h"
#include "cli/command_line.h"
#include "cli/new_baseline.h"
#include "profile/profile_json.h"

namespace bootperf {
namespace {

/// A key of a kept profile's environment: whose it is.
constexpr const char *session_key = "session";

std::filesystem::path file_of(const std::filesystem::path &session_path,
                              const std::string &subject) {
  return directory_beside(session_path, "profiles") / (subject + ".json.gz");
}

/// A profile that cannot be read is no reason to refuse the session.
std::optional<Profile> kept_profile(const std::filesystem::path &session_path,
                                    const Session &session, const std::string &subject) {
  Result<Profile> profile = read_profile(file_of(session_path, subject));
  if (!profile)
    return std::nullopt;
  const auto id = profile->environment.find(session_key);
  if (id == profile->environment.end() || id->second != session.id)
    return std::nullopt;
  return std::move(*profile);
}

} // namespace

Result<void> keep_profile(const std::filesystem::path &session_path, const Session &session,
                          const std::string &subject, Profile profile) {
  profile.environment[session_key] = session.id;
  return write_packed_file(file_of(session_path, subject), profile_json(profile));
}

ProfiledSubject keeping(ProfiledSubject launch, const std::filesystem::path &session_path,
                        const Session &session) {
  return [launch = std::move(launch), session_path, &session](const std::string &subject,
                                                              const Scenario &scenario) {
    Result<Profile> profile = launch(subject, scenario);
    if (profile)
      if (const Result<void> kept = keep_profile(session_path, session, subject, *profile); !kept)
        write_error("WARNING: the profile was not kept: " + to_text(kept.error()) + '\n');
    return profile;
  };
}

ProfiledSubject kept_profiles(const std::filesystem::path &session_path, const Session &session) {
  std::map<std::string, Profile> profiles;
  for (const char *subject : {"base", "head"})
    if (auto profile = kept_profile(session_path, session, subject))
      profiles[subject] = std::move(*profile);
  if (!profiles.contains("head"))
    return launches_nothing;
  return [profiles = std::move(profiles)](const std::string &subject,
                                          const Scenario &) -> Result<Profile> {
    const auto found = profiles.find(subject);
    return found == profiles.end()
               ? Result<Profile>(fail(ErrorKind::not_measured, "none was kept beside the session"))
               : found->second;
  };
}

} // namespace bootperf
