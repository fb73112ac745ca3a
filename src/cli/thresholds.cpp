#include "cli/thresholds.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/process.h"
#include "base/text.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

// PREFIX/libexec/bootperf/bootperf, PREFIX/share/bootperf/thresholds; nothing in a build directory.
fs::path shared_thresholds() {
  const fs::path directory =
      program_directory().parent_path().parent_path() / "share/bootperf/thresholds";
  std::error_code error;
  return fs::exists(directory / "policy.yaml", error) ? directory : fs::path();
}

} // namespace

Result<Policy> policy_in(const std::string &directory) {
  const fs::path file = fs::path(directory) / "policy.yaml";
  std::error_code error;
  if (fs::exists(file, error) || error)
    return load_policy(file.string());
  const fs::path shared = shared_thresholds();
  const std::string way = shared.empty()
                              ? "name a directory that has one with --thresholds"
                              : fmt::format("start with `cp -r {} {}`", printable(shared.string()),
                                            printable(directory));
  return fail(ErrorKind::input, "there is no policy here; " + way, {file.string(), 0, 0});
}

Result<Thresholds> load_thresholds(const std::string &directory) {
  Result<Policy> policy = policy_in(directory);
  if (!policy)
    return tl::unexpected(policy.error());
  Result<std::vector<Baseline>> baselines = load_baselines(directory);
  if (!baselines)
    return tl::unexpected(baselines.error());
  return Thresholds{std::move(*policy), std::move(*baselines)};
}

} // namespace bootperf
