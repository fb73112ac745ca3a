#include "verdict/baseline/baseline.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <set>
#include <tuple>

#include "base/files.h"
#include "base/text.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

// The parser of settings reads no more than this.

bool is_baseline_name(const std::string &name) {
  return name.ends_with(".wall.yaml") || name.ends_with(".instructions.yaml");
}

/// How far values that differ are alike: "pc-q35-10.0" is nearer to "pc-q35-11.1" than to
/// "pc-i440fx-7.2".
std::ptrdiff_t alike_at_the_start(const std::vector<ClassDifference> &differing) {
  std::ptrdiff_t alike = 0;
  for (const ClassDifference &key : differing)
    alike += std::ranges::mismatch(key.baseline, key.current).in1 - key.baseline.begin();
  return alike;
}

} // namespace

std::size_t Baseline::launches() const {
  std::size_t sum = 0;
  for (const BaselineSession &session : sessions)
    sum += session.launches.size();
  return sum;
}

std::vector<PhaseValues> Baseline::pooled() const {
  std::vector<PhaseValues> all;
  for (const BaselineSession &session : sessions)
    all.insert(all.end(), session.launches.begin(), session.launches.end());
  return all;
}

std::string baseline_file_name(const MachineClass &machine_class) {
  return machine_class.name() + "." + std::string(to_text(machine_class.metric)) + ".yaml";
}

Result<std::vector<Baseline>> load_baselines(const std::string &directory) {
  std::vector<fs::path> paths;
  std::error_code problem;
  for (fs::directory_iterator entry(directory, problem), end; !problem && entry != end;
       entry.increment(problem))
    if (is_baseline_name(entry->path().filename().string()))
      paths.push_back(entry->path());
  if (problem)
    return fail(ErrorKind::io, "cannot list the thresholds: " + problem.message(), {directory});
  std::ranges::sort(paths);
  std::vector<Baseline> baselines;
  for (const fs::path &path : paths) {
    const Result<std::string> text = read_file(path, max_baseline_bytes);
    if (!text)
      return tl::unexpected(text.error());
    Result<Baseline> baseline = parse_baseline(*text, path.string());
    if (!baseline)
      return tl::unexpected(baseline.error());
    baselines.push_back(std::move(*baseline));
  }
  return baselines;
}

BaselineSession baseline_session(const Session &session, const Scenario &scenario, Metric metric) {
  BaselineSession result;
  result.id = session.id;
  result.date = session.created.empty() ? "unknown" : session.created.substr(0, 10);
  result.commit = session.commit;
  result.versions = scenario.versions;
  if (metric == Metric::wall) {
    result.host = host_of(session);
    result.until = last_moment(session);
  }
  for (const Launch *launch : sample_launches(session, scenario.name).launches)
    if (PhaseValues values = phase_values(*launch, metric); !values.empty())
      result.launches.push_back(std::move(values));
  return result;
}

bool shares_a_launch(const BaselineSession &one, const BaselineSession &other) {
  // Values that agree in this many phases, to the last instruction or nanosecond.
  constexpr std::size_t enough_to_tell = 5;
  const std::set<PhaseValues> launches(one.launches.begin(), one.launches.end());
  return std::ranges::any_of(other.launches, [&](const PhaseValues &values) {
    return values.size() >= enough_to_tell && launches.contains(values);
  });
}

std::string last_moment(const Session &session) {
  std::string last = session.created;
  for (const Launch &launch : session.launches)
    last = std::max(last, launch.started); // one form, so later is greater
  return last;
}

std::string host_of(const Session &session) {
  return text_under(session.host, "name");
}

std::vector<const Baseline *> baselines_of(const std::vector<Baseline> &baselines,
                                           const MachineClass &machine_class,
                                           const Policy &policy) {
  std::vector<const Baseline *> found;
  for (const Baseline &each : baselines)
    if (without_subject(each.machine_class, policy) == machine_class)
      found.push_back(&each);
  return found;
}

const Baseline *nearest_baseline(const std::vector<Baseline> &baselines,
                                 const MachineClass &machine_class, const Policy &policy) {
  const auto distance = [&](const Baseline *each) {
    const auto differing = differences(without_subject(each->machine_class, policy), machine_class);
    const bool other_scenario =
        std::ranges::find(differing, "scenario", &ClassDifference::key) != differing.end();
    return std::tuple(other_scenario, differing.size(), -alike_at_the_start(differing));
  };
  std::vector<const Baseline *> candidates;
  for (const Baseline &each : baselines)
    if (each.machine_class.metric == machine_class.metric)
      candidates.push_back(&each);
  const auto nearest = std::ranges::min_element(candidates, {}, distance);
  return nearest == candidates.end() ? nullptr : *nearest;
}

std::vector<ClassDifference> nearest_differences(const std::vector<Baseline> &baselines,
                                                 const MachineClass &machine_class,
                                                 const Policy &policy) {
  const Baseline *nearest = nearest_baseline(baselines, machine_class, policy);
  return nearest == nullptr
             ? std::vector<ClassDifference>{}
             : differences(without_subject(nearest->machine_class, policy), machine_class);
}

} // namespace bootperf
