#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "session/session.h"

namespace bootperf {

/// Launches of base and of head that were recorded before.
struct RecordedComparison {
  Session session;    ///< of both
  bool apart = false; ///< they were made one after the other, and not in turn
};

/// One session of both, as `bootperf compare` writes it, or one of base and one of head, which are
/// paired. Any other number of them, the same one twice, or one that shares launches with the other
/// is a usage or an input error; the files are those that were named, for its place.
Result<RecordedComparison> recorded_comparison(const std::vector<Session> &sessions,
                                               const std::vector<std::string> &files);

} // namespace bootperf
