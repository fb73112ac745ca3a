#include "cli/verbs.h"

#include <filesystem>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "base/files.h"
#include "base/gzip.h"
#include "base/text.h"
#include "campaign/campaign_options.h"
#include "campaign/launch_source.h"
#include "cli/profiled_launches.h"
#include "phases/rules.h"
#include "profile/difference.h"
#include "profile/excerpt.h"
#include "profile/profile_json.h"
#include "report/profile/formats.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

struct ProfileOptions : CampaignOptions {
  std::vector<std::string> files; ///< recorded profiles; none: it launches
  std::vector<std::string> diff;  ///< base, and head unless it is launched
  std::optional<int> launches;
  std::map<std::string, std::string> environment;
  std::string format; ///< "": text, or what the output's name says
  std::string output; ///< "": standard output
  std::string record; ///< "": what was launched is not kept
  bool force = false;
  int most = 20;
  double least_percent = 0.02;
};

std::string format_of(const ProfileOptions &options) {
  if (!options.format.empty())
    return options.format;
  std::string_view name = options.output;
  if (name.ends_with(".pb.gz") || name.ends_with(".pprof"))
    return "pprof";
  if (name.ends_with(".gz"))
    name.remove_suffix(3);
  for (const char *format : {"json", "csv", "folded", "callgrind"})
    if (name.ends_with(std::string(".") + format))
      return format;
  return "text";
}

/// Nothing is overwritten that nobody asked to overwrite.
Result<void> check_free(const std::string &file, const ProfileOptions &options) {
  std::error_code error;
  if (file.empty() || options.force || !fs::exists(fs::path(file), error) ||
      fs::is_character_file(fs::path(file), error))
    return {};
  return fail(ErrorKind::usage, "this file exists; name another one, or add --force", {file});
}

Result<void> write(const ProfileOptions &options, const std::string &format,
                   const std::string &text) {
  if (!options.output.empty())
    // What pprof reads is packed already.
    return format == "pprof" ? replace_file(options.output, text)
                             : write_packed_file(options.output, text);
  if (format == "pprof" && isatty(STDOUT_FILENO) != 0)
    return fail(ErrorKind::usage, "pprof's format is no text; name a file by -o");
  return write_output(text);
}

Result<Profile> read_profiles(const std::vector<std::string> &files) {
  Profile all;
  for (const std::string &file : files) {
    const Result<Profile> profile = read_profile(file);
    if (!profile)
      return profile;
    add_launches(all, *profile);
  }
  return all;
}

Result<Profile> launch_profiles(const ProfileOptions &options, int launches) {
  const Result<Rules> rules = load_rules(options.rules.string());
  if (!rules)
    return tl::unexpected(rules.error());
  LaunchSource source;
  ProfiledLaunches wanted{.launches = launches, .logs = options.logs};
  // Every launch that was made is kept, whatever becomes of the next one.
  if (!options.record.empty())
    wanted.keep = [&](const Profile &so_far) {
      return write_packed_file(options.record, profile_json(so_far));
    };
  Result<Profile> profile = profiled_launches(
      source.launcher(), request_of(options, Mode::counted, options.environment), *rules, wanted);
  if (profile)
    for (const std::string &warning : source.warnings())
      write_error("WARNING: " + printable(warning) + '\n');
  return profile;
}

Result<std::string> profile_in(const std::string &format, const Profile &profile,
                               const ProfileOptions &options) {
  if (format == "json")
    return profile_json(profile);
  if (format == "csv")
    return profile_csv(profile);
  if (format == "folded")
    return profile_folded(profile);
  if (format == "callgrind")
    return profile_callgrind(profile);
  if (format == "pprof")
    return profile_pprof(profile);
  return profile_text(profile, static_cast<std::size_t>(options.most),
                      options.output.empty() ? output_style() : file_style);
}

Result<std::string> difference_in(const std::string &format, const ProfileDifference &difference,
                                  const ProfileOptions &options) {
  if (format == "json")
    return difference_json(difference);
  if (format == "csv")
    return difference_csv(difference);
  return difference_text(difference, static_cast<std::size_t>(options.most),
                         options.output.empty() ? output_style() : file_style);
}

Result<std::string> compared(const std::string &format, const ProfileOptions &options) {
  if (format != "text" && format != "json" && format != "csv")
    return fail(ErrorKind::usage, "--diff writes text, json or csv");
  const Result<Profile> base = read_profile(options.diff[0]);
  if (!base)
    return tl::unexpected(base.error());
  const Result<Profile> head = options.diff.size() > 1
                                   ? read_profile(options.diff[1])
                                   : launch_profiles(options, options.launches.value_or(2));
  if (!head)
    return tl::unexpected(head.error());
  // A committed profile names fewer functions.
  return difference_in(format,
                       compare_profiles(excerpted_like(*base, *head), excerpted_like(*head, *base),
                                        {.least = options.least_percent / 100}),
                       options);
}

Result<std::string> shown(const std::string &format, const ProfileOptions &options) {
  const Result<Profile> profile = options.files.empty()
                                      ? launch_profiles(options, options.launches.value_or(1))
                                      : read_profiles(options.files);
  if (!profile)
    return tl::unexpected(profile.error());
  return profile_in(format, *profile, options);
}

Result<ExitCode> profile(const ProfileOptions &options) {
  if (!options.files.empty() && !options.diff.empty())
    return fail(ErrorKind::usage, "--diff names the profiles that it compares, base and head");
  const bool launches = options.files.empty() && options.diff.size() < 2;
  if (!launches && (!options.record.empty() || options.launches))
    return fail(ErrorKind::usage, "recorded profiles were given, so that nothing is launched");
  for (const std::string &file : {options.output, options.record})
    if (const Result<void> free = check_free(file, options); !free)
      return tl::unexpected(free.error());
  const std::string format = format_of(options);
  const Result<std::string> text =
      options.diff.empty() ? shown(format, options) : compared(format, options);
  if (!text)
    return tl::unexpected(text.error());
  return write(options, format, *text).map([] { return ExitCode::pass; });
}

} // namespace

void add_profile(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<ProfileOptions>();
  CLI::App *verb =
      add_verb(program, "profile",
               "Launch the appliance and book every guest instruction by phase, object and "
               "function; or show "
               "and compare recorded profiles",
               {"bootperf profile                                where does the boot go?",
                "bootperf profile --launches 2 --record base.json.gz",
                "bootperf profile base.json.gz -o boot.folded    for flamegraph.pl, speedscope",
                "bootperf profile base.json.gz -o boot.pb.gz     for pprof",
                "bootperf profile --diff base.json.gz head.json.gz",
                "bootperf profile --diff base.json.gz --env LIBGUESTFS_PATH=/tmp/mine"});
  verb->add_option("FILE", options->files, "Recorded profiles to show, as one");
  verb->add_option(
          "--diff", options->diff,
          "Two recorded profiles, or one that new launches are compared with: what changed, "
          "by function")
      ->expected(1, 2);
  verb->add_option("--launches", options->launches,
                   "Launches (1; 2 to compare, for one says nothing of how far they vary)")
      ->check(CLI::Range(1, 1000));
  verb->add_option("--record", options->record,
                   "File to keep what was launched in, packed where its name ends in .gz");
  verb->add_option("--format", options->format,
                   "text, json, csv, folded, callgrind or pprof; text, or what -o's name says")
      ->check(CLI::IsMember({"text", "json", "csv", "folded", "callgrind", "pprof"}));
  verb->add_option("-o,--output", options->output, "File to write instead of standard output");
  verb->add_flag("--force", options->force, "Replace files that exist");
  verb->add_option("--most", options->most, "Functions that a text lists over all phases (20)")
      ->check(CLI::Range(1, 100'000));
  verb->add_option("--least", options->least_percent,
                   "Least change that --diff shows, in percent of a launch (0.02)")
      ->check(CLI::Range(0.0, 100.0));
  declare(*verb, profiled_flags(*options, options->environment));
  verbs.push_back({verb, [options] { return profile(*options); }});
}

} // namespace bootperf
