#include "verdict/baseline/committed_profile.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "profile/difference.h"
#include "profile/excerpt.h"
#include "profile/profile_json.h"
#include "session/class_keys.h"
#include "session/collect.h"

namespace bootperf {
namespace {

constexpr std::array kept_keys = {"mode", "libguestfs", "supermin", "seabios", "started"};

bool is_kept(const std::string &name) {
  return std::ranges::find(kept_keys, name) != kept_keys.end() ||
         std::ranges::any_of(
             class_keys, [&](const ClassKey &key) { return key.instructions && name == key.name; });
}

/// A profile is of launches, whatever scenario they would be in: what is different in another one
/// is in the other keys as well.
MachineClass without_scenario(MachineClass machine_class) {
  machine_class.keys.erase("scenario");
  return machine_class;
}

MachineClass class_of(const Profile &profile, const Policy &policy) {
  Scenario scenario;
  scenario.keys = profile.environment;
  scenario.mode = text_under(profile.environment, "mode");
  return without_scenario(machine_class(scenario, Metric::instructions, policy));
}

MachineClass class_of(const Baseline &baseline, const Policy &policy) {
  return without_scenario(without_subject(baseline.machine_class, policy));
}

} // namespace

std::string profile_file_of(const std::string &baseline_file) {
  constexpr std::string_view end = ".instructions.yaml";
  std::string_view stem = baseline_file;
  if (stem.ends_with(end))
    stem.remove_suffix(end.size());
  return std::string(stem) + ".profile.json";
}

Result<std::string> committed_form(const Profile &profile) {
  Profile kept = profile;
  std::erase_if(kept.environment, [](const auto &entry) { return !is_kept(entry.first); });
  return excerpt_of(kept, max_committed_profile_bytes).map(profile_json);
}

Result<Baseline> baseline_of(const Profile &profile, const std::vector<Baseline> &baselines,
                             const Policy &policy) {
  const MachineClass wanted = class_of(profile, policy);
  const Baseline *found = nullptr;
  std::vector<ClassDifference> nearest;
  for (const Baseline &each : baselines) {
    if (each.machine_class.metric != Metric::instructions)
      continue;
    const auto differing = differences(class_of(each, policy), wanted);
    if (differing.empty() && found != nullptr)
      return fail(ErrorKind::input,
                  fmt::format("{} is of the same class: remove one of the two", each.file),
                  {found->file, 0, 0});
    if (differing.empty())
      found = &each;
    else if (nearest.empty() || differing.size() < nearest.size())
      nearest = differing;
  }
  if (found != nullptr)
    return *found;
  return fail(ErrorKind::input,
              "no baseline is stored for the class of this profile, so nothing would be compared "
              "with it; make one by `bootperf gate`" +
                  (nearest.empty() ? "" : "; the nearest differs in " + to_text(nearest)));
}

double launch_difference(const Profile &profile, const Baseline &baseline) {
  const std::string launch(launch_id);
  double sum = 0, launches = 0;
  for (const PhaseValues &values : baseline.pooled())
    if (const auto found = values.find(launch); found != values.end()) {
      sum += found->second;
      ++launches;
    }
  if (launches == 0)
    return 0;
  const Profile part = part_of(profile, launch);
  return std::abs(compare_profiles(part, part).base / (sum / launches) - 1);
}

Result<std::optional<Profile>> committed_profile(const Baseline &baseline, const Policy &policy) {
  const std::filesystem::path file = profile_file_of(baseline.file);
  std::error_code error;
  if (!std::filesystem::exists(file, error) && !error)
    return std::optional<Profile>();
  const Result<std::string> text = read_file(file, max_committed_profile_bytes);
  if (!text)
    return tl::unexpected(text.error());
  Result<Profile> profile = parse_profile(*text, file.string());
  if (!profile)
    return tl::unexpected(profile.error());
  if (const auto differing = differences(class_of(*profile, policy), class_of(baseline, policy));
      !differing.empty())
    return fail(ErrorKind::input,
                "this profile is of another class than its baseline: " + to_text(differing),
                {file.string(), 0, 0});
  return std::optional<Profile>(std::move(*profile));
}

} // namespace bootperf
