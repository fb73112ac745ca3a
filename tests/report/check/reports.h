#pragma once

// Reports of checks, put together by hand, that every format is tried on.

#include <string>

#include "report/check/formats.h"

namespace bootperf {

inline PhaseVerdict phase(const std::string &id, Verdict verdict, double ratio) {
  PhaseVerdict result;
  result.phase = id;
  result.verdict = verdict;
  result.baseline_mean = 1.2e9;
  result.current_mean = 1.2e9 * ratio;
  result.ratio = ratio;
  result.half_width = 0.006;
  result.p_slower = ratio > 1 ? 0.0006 : 0.9;
  result.p_faster = ratio > 1 ? 0.9 : 0.02;
  result.tolerance = 0.01;
  result.smallest_detectable = 0.009;
  return result;
}

inline CheckReport regressed_report() {
  const std::string init = "run > launch > qemu > kernel > /init";
  PhaseVerdict slow = phase(init, Verdict::regressed, 1.012);
  slow.baseline_mean = 4.1e9;
  slow.current_mean = 4.1e9 * 1.012;
  slow.kind = "work";
  slow.where = {"thresholds/policy.yaml", 34, 7};
  slow.places = {phase(init + " > udev trigger and settle", Verdict::regressed, 1.041)};
  slow.places[0].kind = "work";
  slow.places[0].tolerance = 0;
  slow.places[0].functions = ChangedFunctions{
      .base = 1.198e9,
      .head = 1.2475e9,
      .shows_it = true,
      .functions = {{"/usr/bin/gawk", "(unknown)", 0, 41.2e6},
                    {"vmlinux", "clear_page_erms", 60.1e6, 63.9e6},
                    {"/usr/lib/x86_64-linux-gnu/libc.so.6", "(others)", 1.1e6, 4.0e6}},
      .rest = 1.6e6,
      .rest_functions = 312};
  PhaseVerdict missing;
  missing.phase = "run > launch > qemu > kernel > kernel:entry";
  missing.verdict = Verdict::not_measured;
  missing.reason = "no launch of the session has it";
  ScenarioCheck check;
  check.scenario = "Launch/counted";
  check.metric = Metric::instructions;
  check.verdict = Verdict::regressed;
  check.baseline_file = "thresholds/x86_64.instructions.yaml";
  check.baseline_launches = 25;
  check.baseline_sessions = 3;
  check.launches = 3;
  check.failed_launches = 1;
  check.alpha = 0.01;
  check.exact = true;
  check.permutations = 3276;
  check.spread_sessions = 3;
  check.phases = {slow, phase("run > launch", Verdict::pass, 0.999), missing};
  check.version_differences = {{"package:udev", "252.1", "252.2"}};
  return {"20261122-1", 42, {check}, ExitCode::regressed, ""};
}

/// As after a `sleep 3` in /init.
inline CheckReport waiting_report() {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  PhaseVerdict slow = phase("run > launch > qemu > kernel > /init", Verdict::regressed, 1);
  slow.waiting = true;
  slow.baseline_mean = 0.67e9;
  slow.current_mean = 3.68e9;
  slow.ratio = (slow.current_mean + waiting_offset_ns) / (slow.baseline_mean + waiting_offset_ns);
  slow.p_slower = 0.0006;
  slow.half_width = 0.02;
  slow.smallest_detectable = 0.03;
  slow.tolerance = 0;
  slow.floor = 100e6;
  slow.where = {"thresholds/policy.yaml", 52, 7};
  slow.places = {slow};
  slow.places[0].phase += " > udev trigger";
  slow.places[0].baseline_mean = 0;
  slow.places[0].current_mean = 3e9;
  check.phases = {phase("run > launch > qemu > kernel > /init", Verdict::pass, 1.002), slow};
  return report;
}

/// A gated phase as it was counted: work in instructions.
inline PhaseVerdict counted_phase(const std::string &id, Verdict verdict, double before,
                                  double now) {
  PhaseVerdict result = phase(id, verdict, now / before);
  result.baseline_mean = before;
  result.current_mean = now;
  return result;
}

/// How long a gated phase waited.
inline PhaseVerdict waiting_phase(const std::string &id, Verdict verdict, double before_ms,
                                  double now_ms) {
  PhaseVerdict result = counted_phase(id, verdict, before_ms * 1e6, now_ms * 1e6);
  result.waiting = true;
  result.ratio = (now_ms + 100) / (before_ms + 100);
  result.tolerance = 0;
  result.floor = 100e6;
  return result;
}

/// Nothing moved but one ungated phase, within what is tolerated.
inline CheckReport passing_report() {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  const std::string kernel = "run > launch > qemu > kernel > ";
  check.verdict = Verdict::pass;
  check.failed_launches = 0;
  check.phases = {counted_phase("run > launch", Verdict::pass, 2.5e9, 2.501e9),
                  counted_phase(kernel + "/init", Verdict::pass, 766e6, 766.2e6),
                  waiting_phase("run > launch", Verdict::pass, 230, 231)};
  check.moved = {counted_phase(kernel + "/init > md-probe", Verdict::pass, 7.2e6, 13e6)};
  report.exit = ExitCode::pass;
  return report;
}

/// Base and head in blocks, by wall time; the control stood still, one phase is not decided.
inline CheckReport wall_comparison() {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  const std::string kernel = "run > launch > qemu > kernel > ";
  check.scenario = "Launch/traced";
  check.metric = Metric::wall;
  check.baseline_file = "";
  check.baseline_launches = check.launches = 14;
  check.failed_launches = 0;
  check.exact = false;
  check.permutations = 10'000;
  check.spread_sessions = 0;
  check.phases = {counted_phase("run > launch", Verdict::regressed, 9.5e9, 13.9e9),
                  counted_phase(kernel + "/init", Verdict::regressed, 3.1e9, 7.48e9),
                  counted_phase(kernel + "guestfsd", Verdict::inconclusive, 0.8e9, 0.83e9),
                  counted_phase("run > launch > seabios", Verdict::improved, 0.5e9, 0.4e9)};
  check.phases[1].kind = "waiting";
  check.phases[2].reason = "the change is within the noise";
  check.comparison = ComparisonOutcome{.base = "v1",
                                       .head = "v2",
                                       .blocks = 14,
                                       .looks = {6, 10, 14},
                                       .launches = 28,
                                       .most_launches = 50,
                                       .decided = true,
                                       .controls = {phase("run > close", Verdict::pass, 1)}};
  return report;
}

/// Launches that cannot tell.
inline CheckReport undecided_report() {
  CheckReport report = passing_report();
  ScenarioCheck &check = report.checks[0];
  check.verdict = Verdict::inconclusive;
  check.launches = 2;
  check.moved.clear();
  for (PhaseVerdict &each : check.phases) {
    each.verdict = Verdict::inconclusive;
    each.reason = "2 launches cannot tell: it takes 3";
  }
  report.exit = ExitCode::inconclusive;
  return report;
}

inline CheckReport without_baseline() {
  ScenarioCheck check;
  check.scenario = "Launch/quiet";
  check.reason = "no baseline of this class; make one: bootperf baseline update s.json";
  check.launches = 5;
  check.class_differences = {{"qemu", "7.2.22", "7.2.23"}, {"smp", "", "2"}};
  return {"20261122-2", 7, {check}, ExitCode::not_measured, ""};
}

inline CheckReport hostile() {
  const std::string evil = "\n::error::\033[2J|<b>@all ##[x]";
  CheckReport report = regressed_report();
  report.session = evil;
  ScenarioCheck &check = report.checks[0];
  check.scenario = check.reason = check.baseline_file = evil;
  check.phases[0].phase = check.phases[0].reason = check.phases[0].kind = evil;
  check.phases[0].where.file = evil;
  check.phases[1].functions = ChangedFunctions{
      .base = 1,
      .head = 5,
      .shows_it = true,
      .functions = {{evil, evil, 1, 2}, {evil, "(unknown)", 1, 2}, {evil, "(others)", 1, 2}},
      .rest = 1,
      .rest_functions = 1};
  check.phases[1].verdict = Verdict::regressed;
  check.phases[1].where.file = evil;
  check.functions_hint = evil;
  check.phases[0].places.clear();
  check.class_differences = {{evil, evil, evil}};
  check.version_differences = {{evil, evil, evil}};
  return report;
}

} // namespace bootperf
