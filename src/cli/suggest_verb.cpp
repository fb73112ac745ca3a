#include "cli/verbs.h"

#include <filesystem>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/what_if_options.h"
#include "profile/profile_json.h"
#include "report/whatif/formats.h"
#include "whatif/ranking.h"
#include "whatif/suggestion.h"

namespace bootperf {
namespace {

struct SuggestAsked {
  std::string profile;
  std::string measured; ///< a session of levers; "": the standard one where it is there
  std::string levers;
};

/// The kernel that a session of levers booted, or "".
std::string kernel_of(const Session &session) {
  const Scenario *const scenario = session.scenario(lever_scenario, as_it_is_subject);
  if (!scenario)
    return "";
  const auto found = scenario->keys.find("kernel");
  return found == scenario->keys.end() ? "" : found->second;
}

/// What levers saved in a session. On another kernel than the profile's they save something else.
Result<LeverRanking> ranking_in(const std::string &file, const Profile &profile) {
  const Result<Session> session = read_session(file);
  if (!session)
    return tl::unexpected(session.error());
  const auto kernel = profile.environment.find("kernel");
  if (const std::string measured = kernel_of(*session);
      kernel != profile.environment.end() && !measured.empty() && measured != kernel->second)
    return fail(ErrorKind::input,
                "these levers were tried with the kernel " + printable(measured) +
                    ", and the profile is of " + printable(kernel->second),
                {file, 0, 0});
  return rank_levers(*session, what_if_error_rate);
}

/// What levers saved when they were measured; none where nobody did, or where the session that only
/// lies there is of no use.
Result<std::optional<LeverRanking>> measured_levers(const SuggestAsked &asked,
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

Result<ExitCode> suggest(const SuggestAsked &asked) {
  const Result<Profile> profile = read_profile(asked.profile);
  if (!profile)
    return tl::unexpected(profile.error());
  const Result<std::vector<Lever>> levers = load_levers(asked.levers);
  if (!levers)
    return tl::unexpected(levers.error());
  const Result<std::optional<LeverRanking>> measured = measured_levers(asked, *profile);
  if (!measured)
    return tl::unexpected(measured.error());
  return write_output(suggestions_text(suggestions_for(*profile, *levers, *measured), asked.levers,
                                       output_style()))
      .map([] { return ExitCode::pass; });
}

} // namespace

void add_suggest(CLI::App &program, Verbs &verbs) {
  const auto asked = std::make_shared<SuggestAsked>();
  CLI::App *verb = add_verb(
      program, "suggest",
      "Say what to fix first: what a profiled boot spends where, which lever touches it, and what "
      "it saved when it "
      "was measured",
      {"bootperf profile --record boot.profile.json.gz && bootperf suggest boot.profile.json.gz",
       "bootperf suggest boot.profile.json.gz --measured bootperf.what-if.json"});
  verb->add_option("PROFILE", asked->profile, "A recorded profile (bootperf profile --record)")
      ->required();
  verb->add_option("--measured", asked->measured,
                   "A session of bootperf what-if (bootperf.what-if.json, where it is there)");
  add_levers_option(*verb, asked->levers);
  verbs.push_back({verb, [asked] { return suggest(*asked); }});
}

} // namespace bootperf
