#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "session/session.h"
#include "statistics/random.h"
#include "verdict/baseline/baseline.h"
#include "verdict/check/check.h"
#include "verdict/policy/policy.h"

namespace bootperf::synthetic {

/// What one synthetic launch is like.
struct Shape {
  std::map<std::string, double> slower; ///< phase id → factor of its own part
  double spread = 0.001;                ///< relative, uniform: ± this
  std::vector<std::string> missing;     ///< phase ids that no launch measures
  /// Leaf id → ms that it waits, ± 5 ms; empty: waiting is not measured at all.
  std::map<std::string, double> waits = {};
};

/// Leaves and their cost in millions of instructions (and ms): launch > kernel, launch > /init >
/// {mount, udev, lvm}, launch > guestfsd.
inline const std::map<std::string, double> &leaves() {
  static const std::map<std::string, double> all = {{"run > launch > kernel", 1000},
                                                    {"run > launch > /init > mount", 100},
                                                    {"run > launch > /init > udev", 300},
                                                    {"run > launch > /init > lvm", 70},
                                                    {"run > launch > guestfsd", 150}};
  return all;
}

/// A launch whose phases add up; wall time in ns and instructions from the same numbers.
Launch launch(const std::string &scenario, const Shape &shape, Random &random);

/// A session of one scenario ("Launch/" + mode) with this many launches.
Session session(const std::string &id, const std::string &mode, int launches,
                const Shape &shape = {});

/// A further scenario with its launches.
void add_scenario(Session &session, const std::string &mode, int launches, const Shape &shape);

/// A launch that failed.
Launch failed(const std::string &scenario);

/// Gates launch, kernel, /init and guestfsd at 1 % in counted mode and at 10 % by wall time.
Policy policy();

/// The baseline of one scenario of sessions, for a metric.
Baseline baseline(const std::vector<Session> &sessions, const std::string &scenario, Metric metric,
                  const Policy &policy);

/// What the report's first check says of a phase; a failure of the test when it says nothing.
const PhaseVerdict &phase(const CheckReport &report, std::string_view id);

} // namespace bootperf::synthetic
