#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/check/formats.h"
#include "report/golden.h"
#include "report/trees.h"

namespace bootperf {
namespace {

PhaseVerdict phase(const std::string &id, Verdict verdict, double ratio) {
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

CheckReport regressed_report() {
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
  check.phases = {slow, phase("run > launch", Verdict::pass, 0.999), missing};
  check.version_differences = {{"package:udev", "252.1", "252.2"}};
  return {"20261122-1", 42, {check}, ExitCode::regressed, ""};
}

/// As after a `sleep 3` in /init.
CheckReport waiting_report() {
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

CheckReport without_baseline() {
  ScenarioCheck check;
  check.scenario = "Launch/quiet";
  check.reason = "no baseline of this class; make one: bootperf baseline update s.json";
  check.launches = 5;
  check.class_differences = {{"qemu", "7.2.22", "7.2.23"}, {"smp", "", "2"}};
  return {"20261122-2", 7, {check}, ExitCode::not_measured, ""};
}

CheckReport hostile() {
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

TEST(CheckText, names_the_place_the_size_and_what_could_have_been_seen) {
  const std::string text = check_text(regressed_report(), utf8);
  EXPECT_TRUE(text.starts_with("Boot is slower: /init › udev trigger and settle executes "))
      << text;
  EXPECT_NE(text.find("\nregressed: /init › udev trigger and settle +4.1 % (±0.6 %), work, not "
                      "waiting; smallest detectable change 0.9 %; 3 launches"),
            std::string::npos)
      << text;
  expect_golden("check-regressed.txt", text);
}

TEST(CheckText, says_once_why_nothing_is_conclusive) {
  CheckReport report = regressed_report();
  std::vector<PhaseVerdict> &phases = report.checks[0].phases;
  phases = {phase("run > launch", Verdict::inconclusive, 1.01),
            phase("run > shutdown", Verdict::inconclusive, 1.02)};
  phases[0].reason = phases[1].reason = "needs 5 more launches";
  EXPECT_NE(check_text(report, utf8).find("\ninconclusive: 2 phases: needs 5 more launches\n"),
            std::string::npos);
  phases[1].reason = "another";
  EXPECT_NE(check_text(report, utf8).find("inconclusive: shutdown +2.0 %"), std::string::npos);
}

TEST(CheckText, names_the_innermost_gate_that_moved_and_not_those_around_it) {
  CheckReport report = regressed_report();
  report.checks[0].phases = {
      phase("run > launch", Verdict::regressed, 1.01),
      phase("run > launch > qemu > kernel > /init", Verdict::regressed, 1.04)};
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("\nregressed: /init +4.0 %"), std::string::npos) << text;
  EXPECT_EQ(text.find("regressed: launch"), std::string::npos);
  EXPECT_NE(text.find("  regressed  launch"), std::string::npos) << "the table still shows it";
}

TEST(CheckText, says_what_differs_and_how_to_mend_it) {
  const std::string text = check_text(without_baseline(), utf8);
  EXPECT_NE(text.find("bootperf baseline update s.json"), std::string::npos);
  EXPECT_NE(text.find("qemu 7.2.22 → 7.2.23"), std::string::npos);
  EXPECT_NE(text.find("smp (none) → 2"), std::string::npos);
  expect_golden("check-no-baseline.txt", text);
}

TEST(CheckText, counts_versions_that_did_no_harm_and_lists_those_that_may_have) {
  CheckReport report = regressed_report();
  EXPECT_NE(check_text(report, utf8).find("possible cause: package:udev 252.1"), std::string::npos);
  report.checks[0].verdict = Verdict::pass;
  const std::string text = check_text(report, utf8);
  EXPECT_EQ(text.find("possible cause"), std::string::npos);
  EXPECT_NE(text.find("1 version differs from the baseline's, but nothing moved"),
            std::string::npos);
  EXPECT_NE(check_markdown(report).find("1 version differs"), std::string::npos);
}

TEST(CheckText, lists_a_dozen_possible_causes_and_counts_the_others) {
  CheckReport report = regressed_report();
  report.checks[0].version_differences.clear();
  for (int i = 1; i <= 15; ++i)
    report.checks[0].version_differences.push_back({"package:p" + std::to_string(i), "1", "2"});
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("possible cause: package:p12 1"), std::string::npos) << text;
  EXPECT_EQ(text.find("package:p13 1"), std::string::npos) << text;
  EXPECT_NE(text.find("and 3 more versions differ; --format markdown has them all"),
            std::string::npos)
      << text;
  EXPECT_NE(check_markdown(report).find("p15"), std::string::npos);
}

TEST(CheckText, shows_the_places_that_moved_most) {
  CheckReport report = regressed_report();
  std::vector<PhaseVerdict> &places = report.checks[0].phases[0].places;
  places.assign(22, places.front());
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("└ 17 more (--format json)"), std::string::npos) << text;
}

TEST(CheckText, writes_a_tolerance_as_the_policy_has_it) {
  CheckReport report = regressed_report();
  report.checks[0].phases[0].tolerance = 0.0175;
  EXPECT_NE(check_text(report, utf8).find("1.75 %"), std::string::npos);
  report.checks[0].phases[0].tolerance = 0;
  EXPECT_NE(check_text(report, utf8).find("0.0 %"), std::string::npos);
}

TEST(CheckText, is_ascii_where_the_locale_is) {
  for (const char byte : check_text(regressed_report(), {}))
    EXPECT_LT(static_cast<unsigned char>(byte), 0x80);
}

TEST(CheckText, lets_nothing_through_from_outside) {
  const std::string text = check_text(hostile(), utf8);
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find("\n::"), std::string::npos);
  EXPECT_EQ(text.find("##["), std::string::npos);
}

TEST(CheckMarkdown, is_a_table_for_the_job_summary) {
  expect_golden("check-regressed.md", check_markdown(regressed_report()));
  expect_golden("check-no-baseline.md", check_markdown(without_baseline()));
}

TEST(CheckMarkdown, lets_nothing_through_from_outside) {
  const std::string text = check_markdown(hostile());
  for (const char *forbidden : {"\033", "::", "##[", "<b>", "@all"})
    EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
}

TEST(CheckMarkdown, is_short_with_the_table_folded) {
  const std::string text = check_markdown(regressed_report());
  const std::string above = text.substr(0, text.find("<details>"));
  EXPECT_NE(above.find("❌ **regressed** /init › udev trigger and settle +4.1 %"),
            std::string::npos);
  EXPECT_NE(above.find("smallest detectable change: 0.9 % (/init)"), std::string::npos);
  EXPECT_EQ(above.find("|---"), std::string::npos);
  EXPECT_LT(std::count(above.begin(), above.end(), '\n'), 12);
}

TEST(GithubAnnotations, stand_on_the_line_of_the_policy_that_decides) {
  expect_golden("check-regressed.github", github_annotations(regressed_report()));
  EXPECT_EQ(github_annotations(without_baseline()),
            "::warning title=Launch/quiet%3A not measured::no baseline of this class; make one: "
            "bootperf baseline update s.json\n");
}

TEST(GithubAnnotations, say_nothing_where_all_passed_and_only_notice_what_decides_nothing) {
  CheckReport report = regressed_report();
  report.checks[0].phases.erase(report.checks[0].phases.begin() + 1, report.checks[0].phases.end());
  report.checks[0].advisory = true;
  EXPECT_TRUE(github_annotations(report).starts_with("::notice "));
  report.checks[0].phases = {phase("run > launch", Verdict::pass, 1)};
  EXPECT_EQ(github_annotations(report), "");
}

TEST(GithubAnnotations, let_nothing_begin_or_end_a_command) {
  const std::string text = github_annotations(hostile());
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find("##["), std::string::npos);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_TRUE(line.starts_with("::warning ") ||
                line.starts_with("::error title=\\x0a%3A%3Aerror") ||
                line.starts_with("::error file=\\x0a%3A%3Aerror"))
        << line;
}

TEST(Junit, fails_what_regressed_and_skips_what_is_not_known) {
  const std::string text = junit(regressed_report());
  EXPECT_NE(text.find("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""), std::string::npos);
  expect_golden("check-regressed.junit.xml", text);
  EXPECT_NE(junit(without_baseline()).find("<skipped message=\"not measured: no baseline"),
            std::string::npos);
}

TEST(Junit, does_not_fail_for_what_is_advisory) {
  CheckReport report = regressed_report();
  report.checks[0].advisory = true;
  EXPECT_EQ(junit(report).find("<failure"), std::string::npos);
  EXPECT_NE(junit(report).find("<skipped message=\"advisory, regressed: "), std::string::npos);
}

TEST(Junit, lets_nothing_through_from_outside) {
  const std::string text = junit(hostile());
  for (const char *forbidden : {"\033", "<b>", "\n::", "##["})
    EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
}

TEST(CheckCsv, is_a_phase_a_record) {
  const std::string text = check_csv(regressed_report());
  EXPECT_TRUE(text.starts_with("scenario,metric,advisory,phase,place_below,verdict,"));
  expect_golden("check-regressed.csv", text);
  EXPECT_NE(check_csv(without_baseline()).find("\r\nLaunch/quiet,wall,0,,,not measured,"),
            std::string::npos);
  EXPECT_EQ(check_csv(hostile()).find('\033'), std::string::npos);
}

TEST(CheckJson, carries_all_the_numbers) {
  const auto document = nlohmann::json::parse(check_json(regressed_report()));
  EXPECT_EQ(document["check"], 1) << "the version of docs/check.schema.json";
  EXPECT_EQ(document["exit"], 1);
  EXPECT_EQ(document["checks"][0]["phases"][0]["policy"]["line"], 34);
  EXPECT_EQ(document["seed"], 42);
  const auto &check = document["checks"][0];
  EXPECT_EQ(check["verdict"], "regressed");
  EXPECT_EQ(check["baseline"]["sessions"], 3);
  EXPECT_EQ(check["phases"][0]["places"][0]["ratio"], 1.041);
  EXPECT_EQ(check["version_differences"][0]["what"], "package:udev");
  const auto &functions = check["phases"][0]["places"][0]["functions"];
  EXPECT_EQ(functions["shows_it"], true);
  EXPECT_EQ(functions["functions"][0]["object"], "/usr/bin/gawk");
  EXPECT_EQ(functions["rest_functions"], 312);
  EXPECT_TRUE(nlohmann::json::accept(check_json(hostile())));
}

TEST(CheckText, says_what_moved_though_nothing_fails_for_it) {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  const std::string init = "run > launch > qemu > kernel > /init";
  check.verdict = Verdict::pass;
  check.phases = {phase("run > launch", Verdict::pass, 1.001)};
  PhaseVerdict got = phase(init + " > md-probe", Verdict::pass, 1.81);
  PhaseVerdict lost = phase(init + " > lvm-probe", Verdict::pass, 0.84);
  got.baseline_mean = 7.2e6, got.current_mean = 13.0e6;
  lost.baseline_mean = 38.0e6, lost.current_mean = 32.1e6;
  check.moved = {got, phase(init + " > ldmtool", Verdict::pass, 1.02), lost};
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("moved, nothing fails for it: /init › md-probe +81.0 % (+5.800 M) beside "
                      "/init › lvm-probe −16.0 % (−5.900 M): their sum stood still, so work slid "
                      "from the one to the other\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("moved, nothing fails for it: /init › ldmtool +2.0 % (+24.00 M)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("1 version differs from the baseline's, but nothing regressed"),
            std::string::npos);
}

TEST(CheckText, keeps_verdict_phase_and_change_on_a_narrow_terminal) {
  for (const int width : {60, 80, 120})
    expect_golden("check-regressed-" + std::to_string(width) + ".txt",
                  check_text(regressed_report(), {false, true, width}));
}

TEST(CheckText, names_the_functions_below_the_place) {
  CheckReport report = regressed_report();
  const auto said = [&] {
    const std::string text = check_text(report, utf8);
    const auto indented = text.find("\n  ") + 1;
    return text.substr(indented, text.find('\n', indented) - indented);
  };
  ChangedFunctions &found = *report.checks[0].phases[0].places[0].functions;
  EXPECT_EQ(said(), "  /init › udev trigger and settle +49.50 M: gawk +41.20 M (user), "
                    "clear_page_erms +3.800 M (vmlinux), other functions of libc.so.6 +2.900 M; "
                    "the rest, +1.600 M, is spread over 312 functions");
  found.functions = {{"(kernel)", "(unknown)", 0, 49.5e6}};
  found.rest = 0;
  found.rest_functions = 0;
  EXPECT_EQ(said(), "  /init › udev trigger and settle +49.50 M: unknown (kernel) +49.50 M");
  found.functions.clear();
  found.rest = 49.5e6;
  found.rest_functions = 40;
  EXPECT_EQ(said(), "  /init › udev trigger and settle +49.50 M: all of it, +49.50 M, is spread "
                    "over 40 functions");
  found.head = 1.199e9;
  found.shows_it = false;
  EXPECT_EQ(said(), "  no function is named: by one profiled launch of each side, /init › udev "
                    "trigger and settle is at 1.199 G after 1.198 G");
}

TEST(CheckFormats, say_once_how_functions_are_named_where_none_is) {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  check.phases[0].places[0].functions.reset();
  check.phases.push_back(phase("run > launch > qemu > kernel", Verdict::regressed, 1.02));
  check.functions_hint = "which functions: `bootperf profile --diff x.profile.json`";
  for (const std::string &text :
       {check_text(report, utf8), check_markdown(report), github_annotations(report)}) {
    const auto first = text.find("which functions");
    EXPECT_NE(first, std::string::npos) << text;
    EXPECT_EQ(text.find("which functions", first + 1), std::string::npos) << text;
  }
  EXPECT_NE(junit(report).find("3 launches. which functions: "), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(check_json(report))["checks"][0]["functions_hint"],
            check.functions_hint);
}

TEST(CheckText, hints_at_no_function_where_only_waiting_regressed) {
  CheckReport report = waiting_report();
  report.checks[0].functions_hint = "which functions";
  EXPECT_EQ(check_text(report, utf8).find("which functions"), std::string::npos);
}

TEST(CheckText, tells_waiting_in_seconds) {
  expect_golden("check-waiting.txt", check_text(waiting_report(), utf8));
  expect_golden("check-waiting.md", check_markdown(waiting_report()));
  expect_golden("check-waiting.csv", check_csv(waiting_report()));
  expect_golden("check-waiting.github", github_annotations(waiting_report()));
}

} // namespace
} // namespace bootperf
