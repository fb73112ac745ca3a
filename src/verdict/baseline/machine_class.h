#pragma once

// On which machines a number means the same: the class of a scenario for a metric.

#include <map>
#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What has to be equal for two sessions to be comparable, for one metric.
struct MachineClass {
  Metric metric = Metric::wall;
  std::map<std::string, std::string> keys;

  bool operator==(const MachineClass &) const = default;
  /// A file name's stem: readable keys, then eight hexadecimal digits over all of them.
  std::string name() const;
};

/// One key in which two classes differ; "" where a class lacks the key.
struct ClassDifference {
  std::string key, baseline, current;
};

/// The class of a scenario for a metric. For wall time it holds the host's CPU model and the
/// accelerator; for instructions only what changes the count. Both hold the scenario's name and
/// mode. What belongs to the subject (policy.subject) is left out of both.
MachineClass machine_class(const Scenario &scenario, Metric metric, const Policy &policy);

/// The class without the keys that belong to the subject: a baseline made under another policy
/// still serves.
MachineClass without_subject(MachineClass machine_class, const Policy &policy);

std::vector<ClassDifference> differences(const MachineClass &baseline, const MachineClass &current);

/// "kernel: 6.1.0 → 6.12.0, network: none → yes"
std::string to_text(const std::vector<ClassDifference> &differences);

} // namespace bootperf
