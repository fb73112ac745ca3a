#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verdict/baseline/machine_class.h"

namespace bootperf {

/// A session in the trend. A night is whatever time lies between two sessions of a class.
struct Night {
  std::string session;
  std::string created; ///< ISO 8601, UTC
  std::string commit;  ///< or ""
  std::string host;    ///< or ""
};

/// One phase in one night.
struct TrendPoint {
  std::uint32_t night = 0;    ///< index into History::nights
  std::uint32_t launches = 0; ///< ≥ 1
  double mean = 0;            ///< of the logs of the launches' values (ns or instructions)
  double spread = 0;          ///< standard deviation of these logs
};

/// A step that people know of and live with.
struct AcceptedStep {
  std::uint32_t night = 0; ///< of the first value after the step
  std::string date, reason;
};

/// One phase of a class over the nights, in order of time.
struct PhaseSeries {
  std::int64_t id = 0; ///< in the store
  std::string phase;
  std::vector<TrendPoint> points; ///< at least one
  std::vector<AcceptedStep> accepted;
};

/// What can be compared with each other: one machine class by one metric.
struct ClassHistory {
  std::string name; ///< MachineClass::name()
  MachineClass machine_class;
  std::vector<PhaseSeries> series; ///< in order of the phases' ids
};

/// A whole trend, in order of time.
struct History {
  std::vector<Night> nights;
  std::vector<ClassHistory> classes; ///< in order of name and metric
};

} // namespace bootperf
