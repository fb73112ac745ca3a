#include "capture/log/boot_log.h"
#include "fuzz/promises.h"
#include "fuzz/targets.h"
#include "phases/rules.h"
#include "report/launch/formats.h"
#include "report/launch/launches.h"
#include "session/collect.h"

namespace bootperf::fuzz {
namespace {

const Rules &shipped() {
  static const Rules rules = parse_rules(shipped_rules(), "rules.yaml").value();
  return rules;
}

} // namespace

void boot_log(std::string_view input) {
  const Result<BootLog> log = parse_boot_log(input, "input");
  if (!log)
    return require_good(log.error());
  require(!(log->cut && log->ok()), "a log that was cut is no launch that came up");
  for (const Event &event : log->events) {
    const Result<BootLog> again = parse_boot_log("{\"bootlog\":1}\n" + event_line(event), "again");
    require(again && again->events.size() == 1 && again->events[0].message == event.message,
            "an event comes back as it was written");
  }
  const PhaseTree tree = shipped().split(*log);
  require_sound(tree);
  require_good_json(launch_json(*log, tree));
  require_safe_text(launch_csv(tree));
  Session session;
  session.id = "fuzzed";
  session.scenarios = {{"input", "quiet", false, {}, {}}};
  LaunchLabel label;
  label.scenario = "input";
  session.launches = {to_launch(*log, tree, label)};
  require(session.launches[0].ok == log->ok(), "a launch came up when its log says so");
  const Launches launches = launches_of(session, session.scenarios[0]);
  require_safe_text(timeline(launches, file_style) + launch_notes(launches, file_style));
  require(parse_session(to_json(session), "written").has_value(), "its session can be read");
}

} // namespace bootperf::fuzz
