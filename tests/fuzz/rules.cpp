#include "phases/rules.h"

#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {
namespace {

const std::vector<BootLog> &launches() {
  static const std::vector<BootLog> logs = {
      read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/quiet.jsonl").value(),
      read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/kvm-abort.jsonl").value()};
  return logs;
}

} // namespace

void rules(std::string_view input) {
  const Result<Rules> rules = parse_rules(input, "input");
  if (!rules)
    return require_good(rules.error());
  for (const BootLog &log : launches())
    require_sound(rules->split(log));
}

} // namespace bootperf::fuzz
