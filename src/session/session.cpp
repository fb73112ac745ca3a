#include "session/session.h"

#include <algorithm>

namespace bootperf {

bool Launch::is_sample() const {
  return ok && !warmup && (cold || !appliance_rebuilt);
}

const Scenario *Session::scenario(std::string_view name) const {
  const auto found =
      std::ranges::find_if(scenarios, [&](const Scenario &each) { return each.name == name; });
  return found == scenarios.end() ? nullptr : &*found;
}

} // namespace bootperf
