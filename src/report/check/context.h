#pragma once

#include <string>

namespace bootperf {

// What a comment on a pull request says beside the report: where it comes from, and what a reader
// can do about it. Filled in by whoever knows, at the rim; what is not known is "".

/// One side of a check.
struct CheckSide {
  std::string name = {};   ///< for people: "v1.50"; "" where its commit is all there is to say
  std::string commit = {}; ///< whole hash of Git, in hexadecimal
  std::string link = {};   ///< of the commit, an https or http address that needs no escaping
};

struct CheckContext {
  CheckSide base = {}, head = {};
  std::string run_link = {}; ///< of the CI run that made the report, of the same kind
  std::string artifact = {}; ///< the name under which that run keeps the session
  /// Commands for a shell, a line each, without the last line's end.
  std::string reproduce = {}; ///< what comes to this verdict again
  std::string accept = {};    ///< what makes head the new baseline; "" where there is no baseline
};

} // namespace bootperf
