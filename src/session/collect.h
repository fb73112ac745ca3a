#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "capture/log/boot_log.h"
#include "phases/phase_tree.h"
#include "session/session.h"

namespace bootperf {

/// What a boot log does not know about its launch.
struct LaunchLabel {
  std::string scenario;
  std::string subject = "head";
  std::string started = {}; ///< ISO 8601, UTC
  bool warmup = false;
  bool cold = false; ///< rebuilding the appliance is the point; so is a log's "cold": "true"
  std::optional<std::int64_t> block = {}; ///< of a comparison
};

/// The phase that is the whole boot: what lies in "run" beside it comes after it.
inline constexpr std::string_view launch_id = "run > launch";

/// The most console lines that a failed launch keeps.
inline constexpr std::size_t max_last_lines = 20;

/// One boot log and its phases as a launch of a session. Wall time and instructions are those of
/// the phase "run > launch"; a failed launch keeps its reason, its phase and its last console
/// lines, escaped.
Launch to_launch(const BootLog &log, PhaseTree phases, const LaunchLabel &label);

/// What the log's environment says of its scenario: mode, class keys and versions. A key that the
/// log lacks is absent. "cold" is set by an environment key of that name being "true".
Scenario scenario_from(const BootLog &log, const std::string &name);

} // namespace bootperf
