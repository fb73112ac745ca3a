#include "bench/profiling_launcher.h"

#include <algorithm>
#include <string>

#include "session/collect.h"

namespace bootperf {

ProfilingLauncher::Key ProfilingLauncher::key_of(const Launch &launch) {
  return {launch.host_cpu_ns.value_or(0), launch.wall_ns};
}

Result<Profiler *> ProfilingLauncher::profiler_for(const LaunchRequest &request) {
  std::string subject;
  for (const auto &[name, value] : request.environment) {
    subject += name + '=' + value + '\n';
  }
  const std::scoped_lock lock(mutex_);
  if (const auto known = profilers_.find(subject); known != profilers_.end()) {
    return &known->second;
  }
  auto made = Profiler::create(inner_, request, rules_, [](const std::string &) {});
  if (!made) {
    return tl::unexpected(made.error());
  }
  return &profilers_.emplace(subject, std::move(*made)).first->second;
}

Result<BootLog> ProfilingLauncher::launch(const LaunchRequest &request) {
  if (!request.profiled) {
    return inner_.launch(request);
  }
  const auto profiler = profiler_for(request);
  if (!profiler) {
    return tl::unexpected(profiler.error());
  }
  auto made = (*profiler)->launch(request.log);
  if (!made) {
    return tl::unexpected(made.error());
  }
  if (made->profile) {
    const auto launch = to_launch(made->log, rules_.split(made->log), {.scenario = ""});
    const std::scoped_lock lock(mutex_);
    profiles_[key_of(launch)] = std::move(*made->profile);
  }
  return std::move(made->log);
}

std::vector<FunctionCount> ProfilingLauncher::longest_functions(const Launch &launch,
                                                                std::size_t most) const {
  std::vector<FunctionCount> longest;
  const std::scoped_lock lock(mutex_);
  const auto found = profiles_.find(key_of(launch));
  if (found == profiles_.end()) {
    return longest;
  }
  const Profile &profile = found->second;
  for (const MeanRow &row : mean_functions(profile)) {
    if (longest.size() == most) {
      break;
    }
    // Of one launch, so the means are whole numbers.
    longest.push_back(
        {profile.functions[row.function], static_cast<std::uint64_t>(row.instructions)});
  }
  return longest;
}

} // namespace bootperf
