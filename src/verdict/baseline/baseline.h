#pragma once

// What launches took before, committed beside the policy, and which baseline is for which class.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "session/session.h"
#include "verdict/baseline/machine_class.h"

namespace bootperf {

/// What is longer is not read, and not written either.
inline constexpr std::size_t max_baseline_bytes = std::size_t{1} << 20;

/// The per-launch values of one session inside a baseline.
struct BaselineSession {
  std::string id, date, commit;
  std::map<std::string, std::string> versions;
  /// launches[launch][column] → value (ns or instructions); what was not measured in a launch is
  /// absent.
  std::vector<PhaseValues> launches;
  /// Where it was made and when its last launch began (ISO 8601, UTC), of wall time, which says
  /// little on another host and on another day; "": not known.
  std::string host = {}, until = {};
};

/// An intended change, accepted with a reason.
struct Acceptance {
  std::string date, reason;
};

/// A committed baseline: thresholds/<class>.<metric>.yaml, written by the tool.
struct Baseline {
  std::string file; ///< where it was read from
  MachineClass machine_class;
  std::string scenario; ///< also in machine_class.keys
  std::string updated;  ///< ISO 8601 date
  std::vector<Acceptance> accepted;
  std::vector<BaselineSession> sessions;

  std::size_t launches() const;
  /// The launches of all sessions.
  std::vector<PhaseValues> pooled() const;
};

/// "<class>.<metric>.yaml"
std::string baseline_file_name(const MachineClass &machine_class);

std::string to_yaml(const Baseline &baseline);
/// At most 1 MiB. Unknown and duplicate keys, wrong types: file, line, column, what was expected.
Result<Baseline> parse_baseline(std::string_view yaml, const std::string &name);
/// Every <class>.<metric>.yaml of a directory, in order of name; policy.yaml is passed over.
Result<std::vector<Baseline>> load_baselines(const std::string &directory);

/// The values of a scenario's samples as a baseline session.
BaselineSession baseline_session(const Session &session, const Scenario &scenario, Metric metric);

/// Whether both hold one and the same launch, known by its values.
bool shares_a_launch(const BaselineSession &one, const BaselineSession &other);

/// When the session's last launch began, as far as is known; else when the session was made.
std::string last_moment(const Session &session);

/// The host that the session was made on; "": not known.
std::string host_of(const Session &session);

/// The baselines of this class. More than one is a mistake of whoever keeps the directory.
std::vector<const Baseline *> baselines_of(const std::vector<Baseline> &baselines,
                                           const MachineClass &machine_class, const Policy &policy);

/// The baseline of the same metric that differs in the fewest keys, and of several such the one
/// whose values are alike the longest from their start; one of the same scenario is nearer than any
/// other. Null when there is no baseline of the metric.
const Baseline *nearest_baseline(const std::vector<Baseline> &baselines,
                                 const MachineClass &machine_class, const Policy &policy);

/// In which keys the nearest baseline differs. Empty when there is none.
std::vector<ClassDifference> nearest_differences(const std::vector<Baseline> &baselines,
                                                 const MachineClass &machine_class,
                                                 const Policy &policy);

} // namespace bootperf
