#include "session/session.h"

#include <algorithm>

namespace bootperf {

bool Launch::is_sample() const {
  return ok && !warmup && (cold || !appliance_rebuilt);
}

const Scenario *Session::scenario(std::string_view name) const {
  if (const Scenario *of_head = scenario(name, "head"))
    return of_head;
  const auto found = std::ranges::find(scenarios, name, &Scenario::name);
  return found == scenarios.end() ? nullptr : &*found;
}

const Scenario *Session::scenario(std::string_view name, std::string_view subject) const {
  const auto found = std::ranges::find_if(scenarios, [&](const Scenario &each) {
    return each.name == name && each.subject == subject;
  });
  return found == scenarios.end() ? nullptr : &*found;
}

} // namespace bootperf
