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

/// What levers saved when they were measured; none where nobody did.
Result<std::optional<LeverRanking>> measured_levers(const SuggestAsked &asked) {
  std::string file = asked.measured;
  std::error_code none;
  if (file.empty() && std::filesystem::exists(standard_what_if, none))
    file = standard_what_if;
  if (file.empty())
    return std::optional<LeverRanking>();
  return read_session(file)
      .and_then([](const Session &session) { return rank_levers(session, what_if_error_rate); })
      .map([&](LeverRanking ranking) {
        if (asked.measured.empty())
          write_error("measured in " + file + "\n");
        return std::optional(std::move(ranking));
      });
}

Result<ExitCode> suggest(const SuggestAsked &asked) {
  const Result<Profile> profile = read_profile(asked.profile);
  if (!profile)
    return tl::unexpected(profile.error());
  const Result<std::vector<Lever>> levers = load_levers(asked.levers);
  if (!levers)
    return tl::unexpected(levers.error());
  const Result<std::optional<LeverRanking>> measured = measured_levers(asked);
  if (!measured)
    return tl::unexpected(measured.error());
  return write_output(
             suggestions_text(suggestions_for(*profile, *levers, *measured), output_style()))
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
  verb->add_option("--levers", asked->levers,
                   "A file of more levers; one of a shipped name takes its place")
      ->check(CLI::ExistingFile);
  verbs.push_back({verb, [asked] { return suggest(*asked); }});
}

} // namespace bootperf
