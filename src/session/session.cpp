#include "session/session.h"

#include <algorithm>

namespace bootperf {

bool Launch::is_sample() const {
  return ok && timed && !warmup && (cold || !appliance_rebuilt);
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

std::vector<const Scenario *> Session::distinct_scenarios() const {
  std::vector<const Scenario *> distinct;
  for (const Scenario &each : scenarios)
    if (scenario(each.name) == &each)
      distinct.push_back(&each);
  return distinct;
}

} // namespace bootperf
