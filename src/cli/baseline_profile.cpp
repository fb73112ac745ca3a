#include "cli/verbs.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "campaign/launch_source.h"
#include "cli/profiled_launches.h"
#include "cli/thresholds.h"
#include "phases/rules.h"
#include "profile/excerpt.h"
#include "profile/profile_json.h"
#include "report/text/words.h"
#include "verdict/baseline/committed_profile.h"

namespace bootperf {
namespace {

struct BaselineProfileOptions : CampaignOptions {
  std::vector<std::string> files; ///< recorded profiles; none: it launches
  std::string directory = "thresholds";
  std::map<std::string, std::string> environment;
};

Result<Profile> profile_to_commit(const BaselineProfileOptions &options) {
  if (options.files.empty()) {
    const Result<Rules> rules = load_rules(options.rules.string());
    if (!rules)
      return tl::unexpected(rules.error());
    LaunchSource source;
    return profiled_launches(source.launcher(),
                             request_of(options, Mode::counted, options.environment), *rules,
                             {.logs = options.logs});
  }
  Profile all;
  for (const std::string &file : options.files) {
    const Result<Profile> profile = read_profile(file);
    if (!profile)
      return profile;
    add_launches(all, *profile);
  }
  return all;
}

/// "" when it fits.
std::string doubt(const Profile &profile, const Baseline &baseline) {
  const double difference = launch_difference(profile, baseline);
  if (difference <= most_launch_difference)
    return "";
  return fmt::format("WARNING: its launch is {} off the baseline's, so no function is named by it: "
                     "is it of another build?\n",
                     percent_text(difference));
}

std::string committed_text(const std::string &file, std::size_t bytes, const Profile &committed) {
  double named = 0;
  std::size_t functions = 0;
  for (const ProfileFunction &function : committed.functions)
    functions += function.name == other_functions ? 0 : 1;
  for (const ProfileRow &row : committed.launches.front().rows)
    if (committed.functions[row.function].name != other_functions)
      named += static_cast<double>(row.instructions);
  const double all = mean_instructions(committed);
  return fmt::format("{}: {} kB, {} instructions, {} of them by name, in {} function{}\n",
                     printable(file), (bytes + 999) / 1000, count_text(all),
                     percent_text(named / all), functions, functions == 1 ? "" : "s");
}

Result<ExitCode> baseline_profile(const BaselineProfileOptions &options) {
  const Result<Thresholds> thresholds = load_thresholds(options.directory);
  if (!thresholds)
    return tl::unexpected(thresholds.error());
  const Result<Profile> profile = profile_to_commit(options);
  if (!profile)
    return tl::unexpected(profile.error());
  const Result<Baseline> baseline =
      baseline_of(*profile, thresholds->baselines, thresholds->policy);
  if (!baseline)
    return tl::unexpected(baseline.error());
  const Result<std::string> text = committed_form(*profile);
  if (!text)
    return tl::unexpected(text.error());
  const std::string file = profile_file_of(baseline->file);
  const Result<Profile> committed = parse_profile(*text, file);
  if (!committed)
    return tl::unexpected(committed.error());
  if (const Result<void> written = replace_file(file, *text); !written)
    return tl::unexpected(written.error());
  write_error(doubt(*committed, *baseline));
  return write_output(committed_text(file, text->size(), *committed)).map([] {
    return ExitCode::pass;
  });
}

} // namespace

void add_baseline_profile(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineProfileOptions>();
  CLI::App *verb = add_verb(
      baseline, "profile",
      "Write the profile beside the baseline of its class, or renew it: by it a gate that "
      "regressed says which functions. Launches once, or takes a recorded profile; of "
      "several launches the one in the middle",
      {"bootperf baseline profile",
       "bootperf baseline profile base.json.gz     as `bootperf profile --record` wrote it"});
  verb->add_option("FILE", options->files, "Recorded profiles (one launch, made now)");
  verb->add_option("--thresholds", options->directory,
                   "The directory of policy.yaml and the baselines (thresholds)");
  declare(*verb, profiled_flags(*options, options->environment));
  verbs.push_back({verb, [options] { return baseline_profile(*options); }});
}

} // namespace bootperf
