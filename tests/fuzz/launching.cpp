#include "fuzz/launching.h"

#include "capture/log/fate.h"
#include "fuzz/promises.h"
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

Session session_of(const BootLog &log, const PhaseTree &tree) {
  Session session;
  session.id = "fuzzed";
  session.scenarios = {{"input", "quiet", false, {}, {}}};
  LaunchLabel label;
  label.scenario = "input";
  session.launches = {to_launch(log, tree, label)};
  return session;
}

} // namespace

PhaseTree require_good_launch(const BootLog &log) {
  PhaseTree tree = shipped().split(log);
  require_sound(tree);
  const LaunchFate fate = fate_of(log);
  require(fate.ok == fate.reason.empty(), "a launch that did not come up has a reason");
  require_safe_text(fate.reason);
  for (const std::string &note : fate.notes)
    require_safe_text(note);
  return tree;
}

void require_good_outline(const BootLog &log, const PhaseTree &tree) {
  const Session session = session_of(log, tree);
  require_safe_text(outline(launches_of(session, session.scenarios[0]), file_style));
}

void require_good_outputs(const BootLog &log, const PhaseTree &tree) {
  require_good_json(launch_json(log, tree));
  require_safe_text(launch_csv(tree));
  require_good_outline(log, tree);
  const Session session = session_of(log, tree);
  require(session.launches[0].ok == fate_of(log).ok, "a launch came up when its log says so");
  require_safe_text(timeline(launches_of(session, session.scenarios[0]), file_style));
  require(parse_session(to_json(session), "written").has_value(), "its session can be read");
}

} // namespace bootperf::fuzz
