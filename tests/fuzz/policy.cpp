#include "fuzz/checking.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {

void policy(std::string_view input) {
  const Result<Policy> policy = parse_policy(input, "input");
  if (!policy)
    return require_good(policy.error());
  require_good_check(example_session(), {example_baseline()}, *policy);
}

} // namespace bootperf::fuzz
