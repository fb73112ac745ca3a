#include "cli/profiled_launches.h"

#include <chrono>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "capture/log/fate.h"
#include "profile/launch/profiler.h"
#include "report/launch/progress.h"

namespace bootperf {

std::vector<Flag> profiled_flags(CampaignOptions &options,
                                 std::map<std::string, std::string> &environment) {
  std::vector<Flag> flags = {
      flag("env", "NAME=VALUE for the launches: what names the subject under test; repeatable",
           environment)};
  for (Flag &flag : flags_of(options))
    if (flag.name != "jobs" && flag.name != "accel")
      flags.push_back(std::move(flag));
  return flags;
}

Result<Profile> profiled_launches(Launcher &launcher, const LaunchRequest &request,
                                  const Rules &rules, const ProfiledLaunches &wanted) {
  Progress progress(std::cerr, isatty(STDERR_FILENO) != 0, wanted.launches);
  const auto began = monotonic_ns();
  const auto so_far = [&] { return std::chrono::nanoseconds(monotonic_ns() - began); };
  Result<Profiler> profiler = Profiler::create(
      launcher, request, rules, [&](const std::string &text) { progress.say(text); });
  if (!profiler)
    return tl::unexpected(profiler.error());
  Profile all;
  for (int i = 1; i <= wanted.launches; ++i) {
    const std::string what = fmt::format("{} {}/{}", wanted.what, i, wanted.launches);
    progress.begin(what);
    const Result<ProfiledLaunch> made =
        profiler->launch(wanted.logs.empty() ? std::filesystem::path()
                                             : wanted.logs / fmt::format("profiled-{}.jsonl", i));
    if (!made || !made->profile) {
      progress.clear();
      return made ? fail(ErrorKind::not_measured, "the launch failed: " + fate_of(made->log).reason)
                  : tl::unexpected(made.error());
    }
    progress.end(what, count_text(mean_instructions(*made->profile)) + " instructions", so_far());
    add_launches(all, *made->profile);
    if (wanted.keep)
      if (const Result<void> kept = wanted.keep(all); !kept)
        return tl::unexpected(kept.error());
  }
  progress.clear();
  return all;
}

Result<Profile> profiled_once(Launcher &launcher, const LaunchRequest &request, const Rules &rules,
                              const std::string &subject) {
  return profiled_launches(launcher, request, rules,
                           {.what = fmt::format("work regressed; profiled launch of {}", subject)});
}

} // namespace bootperf
