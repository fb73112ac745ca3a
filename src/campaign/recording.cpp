#include "campaign/recording.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/text.h"
#include "capture/launcher/sweep.h"

namespace bootperf {
namespace {

std::string log_name(std::string scenario, int number) {
  std::ranges::replace_if(scenario, [](char c) { return c == '/' || c == ':'; }, '-');
  return fmt::format("{}-{:03}.jsonl", scenario, number);
}

} // namespace

std::filesystem::path scratch_place() {
  const char *chosen = std::getenv("TMPDIR");
  return chosen && *chosen ? chosen : "/var/tmp";
}

Error never_warm(const std::string &launched) {
  return {ErrorKind::not_measured,
          fmt::format("{}: {} launches in a row rebuilt the appliance; is its cache directory "
                      "(LIBGUESTFS_CACHEDIR) kept and writable?",
                      launched, most_rebuilds)};
}

Recording::Recording(Launcher &launcher, const Rules &rules, RecordingPlaces places,
                     Session session)
    : launcher_(launcher), rules_(rules), places_(std::move(places)), session_(std::move(session)),
      logs_(static_cast<int>(session_.launches.size())) {}

Result<Recorded> Recording::launch(LaunchRequest request, LaunchLabel label) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_)
      return tl::unexpected(*stopped_);
    // A session that is gone on with has logs there already, of launches it may not know of.
    std::error_code unknown;
    do {
      request.log = places_.logs / log_name(session_.id + "-" + label.scenario, ++logs_);
    } while (std::filesystem::exists(request.log, unknown));
  }
  std::optional<ScratchDirectory> cache;
  if (label.cold) {
    auto made = ScratchDirectory::make(places_.scratch);
    if (!made)
      return tl::unexpected(stop(made.error()));
    cache = std::move(*made);
    request.environment["LIBGUESTFS_CACHEDIR"] = cache->path();
  }
  label.started = utc_text(std::chrono::system_clock::now());
  const Result<BootLog> log = launcher_.launch(request);
  if (!log)
    return tl::unexpected(stop(log.error()));
  Launch launch = to_launch(*log, rules_.split(*log), label);
  if (label.cold)
    launch.appliance_rebuilt = false; // on purpose: no reason to set it aside
  const std::scoped_lock lock(mutex_);
  return record(label, request.mode, *log, std::move(launch));
}

/// Puts the launch into the session and the session onto the disk.
Result<Recorded> Recording::record(const LaunchLabel &label, Mode mode, const BootLog &log,
                                   Launch launch) {
  if (auto changed = changed_since(label, log, launch))
    return tl::unexpected(*(stopped_ = std::move(*changed)));
  describe(label, mode, log, launch);
  session_.launches.push_back(launch);
  Recorded recorded{session_.launches.size() - 1, std::move(launch), new_warnings()};
  if (auto written = write_session(places_.session, session_); !written) {
    stopped_ = written.error();
    return tl::unexpected(*stopped_);
  }
  return recorded;
}

/// A session that is gone on with may be of yesterday's kernel or qemu: what is launched now is no
/// sample of the same.
std::optional<Error> Recording::changed_since(const LaunchLabel &label, const BootLog &log,
                                              const Launch &launch) const {
  const auto is_alike = [&](const auto &each) { return each.subject == label.subject; };
  const bool has_samples = std::ranges::any_of(session_.launches, [&](const Launch &each) {
    return each.scenario == label.scenario && is_alike(each) && each.is_sample();
  });
  const auto known = std::ranges::find_if(session_.scenarios, [&](const Scenario &each) {
    return each.name == label.scenario && is_alike(each);
  });
  if (!launch.is_sample() || !has_samples || known == session_.scenarios.end())
    return std::nullopt;
  for (const char *key : {"kernel", "qemu", "accel"}) {
    const auto before = known->keys.find(key);
    const std::string &now = log.value(key);
    if (before != known->keys.end() && !now.empty() && before->second != now)
      return Error{ErrorKind::input,
                   fmt::format("{}: the launches of this session are of {} {}, and now it is {}: "
                               "they do not compare. A new session takes them",
                               printable(label.scenario), key, printable(before->second),
                               printable(now)),
                   {places_.session.string(), 0, 0}};
  }
  return std::nullopt;
}

/// What a launch says of its scenario that is no sample stands only until one came up, then until
/// there is a sample: the class is that of the samples.
void Recording::describe(const LaunchLabel &label, Mode mode, const BootLog &log,
                         const Launch &launch) {
  const auto has = [&](auto kind) {
    return std::ranges::any_of(session_.launches, [&](const Launch &launch) {
      return launch.scenario == label.scenario && launch.subject == label.subject && kind(launch);
    });
  };
  const auto found = std::ranges::find_if(session_.scenarios, [&](const Scenario &each) {
    return each.name == label.scenario && each.subject == label.subject;
  });
  const auto came_up = [](const Launch &launch) { return launch.ok; };
  const auto counts = [](const Launch &launch) { return launch.is_sample(); };
  const bool better = launch.is_sample() ? !has(counts) : log.ok() && !has(came_up);
  if (found != session_.scenarios.end() && !better)
    return;
  Scenario described = scenario_from(log, label.scenario);
  described.subject = label.subject;
  described.cold = label.cold;
  if (described.mode.empty())
    described.mode = to_text(mode);
  if (const auto versions = places_.versions.find(label.subject);
      versions != places_.versions.end())
    for (const auto &[component, version] : versions->second)
      described.versions[component] = version;
  if (found == session_.scenarios.end())
    session_.scenarios.push_back(std::move(described));
  else
    *found = std::move(described);
}

std::vector<std::string> Recording::new_warnings() {
  std::vector<std::string> fresh;
  for (std::string &warning : places_.warnings()) {
    if (std::ranges::find(session_.warnings, warning) == session_.warnings.end()) {
      session_.warnings.push_back(warning);
      fresh.push_back(std::move(warning));
    }
  }
  return fresh;
}

/// Keeps what stops everything: an interruption, a disk that is full.
Error Recording::stop(Error error) {
  const std::scoped_lock lock(mutex_);
  if (error.kind != ErrorKind::not_measured)
    stopped_ = error;
  return error;
}

} // namespace bootperf
