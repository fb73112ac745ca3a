#pragma once

#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "verdict/baseline/baseline.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What `bootperf baseline update` is asked for.
struct BaselineUpdate {
  std::string scenario;
  Metric metric = Metric::wall;
  std::string date;   ///< of today, ISO 8601
  std::string accept; ///< "" appends; else the reason for which the baseline starts anew
};

/// A baseline with the sessions' values of one scenario and metric appended, or made of them when
/// there is none, or started anew of them when a change is accepted (reasons are kept). Pure.
/// Refused, as input errors: a session that is in it already, one of another class, several classes
/// among the sessions, a result that the reader would refuse for its size. Sessions without samples
/// of the scenario are not measured.
Result<Baseline> update_baseline(const std::optional<Baseline> &existing,
                                 const std::vector<Session> &sessions, const Policy &policy,
                                 const BaselineUpdate &update);

} // namespace bootperf
