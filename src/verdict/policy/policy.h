#pragma once

// What people decide, in a file of theirs: which phases are gated, and what counts as a regression.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "statistics/interim_looks.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// When a gated phase of one metric has regressed.
struct Gate {
  std::string phase;              ///< a phase's name or the end of its id ("/init", "kernel
                                  ///< > kernel:entry")
  double tolerance = 0.05;        ///< smallest relative effect that counts, as a ratio − 1, ≥ 0
  double floor = 0;               ///< smallest absolute effect: ns, or instructions for those, ≥ 0
  Location where;                 ///< its place in the policy file
  std::vector<std::string> modes; ///< the modes it is for; none: every mode
  std::vector<std::string> scenarios; ///< the scenarios it is for, by name; none: every one
  bool waiting = false;               ///< of counted launches: gates how long the phase waits
};

/// The launches that gates are asked for.
struct LaunchKind {
  std::string mode;
  std::string scenario; ///< "Launch/counted/network"
};

/// What people decide: thresholds/policy.yaml. thresholds/README.md states the schema.
struct Policy {
  double alpha = 0.01;              ///< family-wise error rate of "regressed"
  double alpha_faster = 0.01;       ///< of "improved"
  double failed_launches = 0.2;     ///< past this share of failed launches: not measured
  std::vector<std::string> subject; ///< components under test, left out of the class: libguestfs, …
  std::vector<Gate> wall;           ///< gated phases by metric
  std::vector<Gate> instructions;
  std::vector<Gate> waiting; ///< judged together with the instructions of the same launches
  /// What a gate launches, by name, each judged against its own baseline.
  std::vector<std::string> scenarios = {"Launch/counted"};
  int launches = 10;        ///< wall: launches of a session
  int counted_launches = 2; ///< counted: launches before the first look
  int counted_most = 3;     ///< counted: launches at most

  /// When counted launches against a baseline are looked at.
  LookRange counted_range() const;

  int compare_launches = 50; ///< of a comparison by wall time, base and head together
  /// Negative controls: phases that the change cannot touch. When one moves, a comparison is void.
  std::vector<Gate> wall_controls, instruction_controls;

  /// The gates of a metric that are for these launches, in the file's order.
  std::vector<Gate> gates(Metric metric, const LaunchKind &kind) const;
  /// What is judged together: those and, with instructions, the gates of waiting.
  std::vector<Gate> family(Metric metric, const LaunchKind &kind) const;
  /// The negative controls, likewise.
  std::vector<Gate> controls(Metric metric, const LaunchKind &kind) const;
};

/// The id that a gate names among these: the id itself or its end, at a " > ".
struct GatedPhase {
  std::string id;     ///< the gate's own words when no phase or several match
  std::string reason; ///< "" when exactly one matches
};
GatedPhase gated_phase(const Gate &gate, const std::vector<std::string> &ids);

/// What may stand under "subject".
const std::vector<std::string> &subject_components();

/// The class keys that a component under test decides: "qemu" decides qemu and machine.
std::vector<std::string> class_keys_of(const std::string &component);

/// An unknown key, a wrong type, a negative tolerance, a duplicate key: file, line, column, what
/// was expected.
Result<Policy> parse_policy(std::string_view yaml, const std::string &name);
Result<Policy> load_policy(const std::string &path);

} // namespace bootperf
