#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "verdict/baseline/machine_class.h"

namespace bootperf {

/// A session in the trend. What is a night of a class is in nights.h.
struct TrendSession {
  std::string id;
  std::string created; ///< ISO 8601, UTC
  std::string commit;  ///< or ""
  std::string host;    ///< or ""
};

/// One phase in one session.
struct TrendPoint {
  std::uint32_t session = 0;  ///< index into History::sessions
  std::uint32_t launches = 0; ///< ≥ 1
  double mean = 0;            ///< of the logs of the launches' values (ns or instructions)
  double spread = 0;          ///< standard deviation of these logs
};

/// A step that people know of and live with.
struct AcceptedStep {
  std::uint32_t session = 0; ///< of the first night after the step
  std::string date, reason;
  std::string by; ///< who said so, or ""
};

/// One phase of a class, in order of time.
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
  std::vector<TrendSession> sessions;
  std::vector<ClassHistory> classes; ///< in order of name and metric
};

} // namespace bootperf
