#include "fuzz/checking.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {

void baseline(std::string_view input) {
  Result<Baseline> baseline = parse_baseline(input, "input");
  if (!baseline)
    return require_good(baseline.error());
  const std::string written = to_yaml(*baseline);
  const Result<Baseline> again = parse_baseline(written, "written");
  require(again && to_yaml(*again) == written, "a baseline comes back as it was written");
  baseline->file = baseline_file_name(baseline->machine_class);
  require_good_check(example_session(), {*baseline}, synthetic::policy());
}

} // namespace bootperf::fuzz
