#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "trend/database.h"
#include "trend/history.h"
#include "trend/record.h"

namespace bootperf {

enum class Added { now, before };

/// Stores a session as a whole: when this returns it is there once, however often it was added and
/// by whom.
Result<Added> add_session(Database &database, const SessionRecord &record);

/// A step to be accepted.
struct StepToAccept {
  std::int64_t series = 0; ///< PhaseSeries::id
  std::string session;     ///< of the first night after the step
};

/// Keeps the reason with each of the steps; a step that was accepted before gets the new reason.
Result<void> accept_steps(Database &database, const std::vector<StepToAccept> &steps,
                          const std::string &reason, const std::string &date);

/// The whole trend. What it holds is checked: an input error for a value that bootperf did not
/// write.
Result<History> read_history(Database &database);

} // namespace bootperf
