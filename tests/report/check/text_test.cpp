#include <gtest/gtest.h>

#include "report/check/findings.h"
#include "report/check/formats.h"
#include "report/check/reports.h"
#include "report/golden.h"
#include "report/trees.h"

namespace bootperf {
namespace {

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

// As where a phase is new in /init, and lvm-probe became a little longer, too.
TEST(CheckText, names_a_gate_most_of_whose_change_lies_outside_the_gates_in_it) {
  CheckReport report = regressed_report();
  report.checks[0].phases = {
      phase("run > launch", Verdict::regressed, 1.1),
      phase("run > launch > qemu > kernel > /init", Verdict::regressed, 1.09),
      phase("run > launch > qemu > kernel > /init > /init:lvm-probe", Verdict::regressed, 1.01)};
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("\nregressed: /init +9.0 %"), std::string::npos) << text;
  EXPECT_NE(text.find("\nregressed: /init › lvm-probe +1.0 %"), std::string::npos);
  EXPECT_EQ(text.find("regressed: launch"), std::string::npos) << "/init is most of it";
}

TEST(CheckText, says_first_what_fails_the_build) {
  CheckReport report = regressed_report();
  PhaseVerdict unclear =
      phase("run > launch > qemu > kernel > guestfsd", Verdict::inconclusive, 1.02);
  unclear.reason = "the change is within the noise";
  std::vector<PhaseVerdict> &phases = report.checks[0].phases;
  phases.insert(phases.begin(), {phase("run > close", Verdict::improved, 0.8), unclear});
  const std::vector<CheckFinding> found = findings(report.checks[0], {});
  std::vector<Verdict> verdicts;
  for (const CheckFinding &finding : found)
    verdicts.push_back(finding.verdict);
  EXPECT_EQ(verdicts, (std::vector{Verdict::regressed, Verdict::not_measured, Verdict::inconclusive,
                                   Verdict::improved}));
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
  EXPECT_NE(check_markdown(report, {}).find("1 version differs"), std::string::npos);
}

TEST(CheckText, lists_a_dozen_possible_causes_and_counts_the_others) {
  CheckReport report = regressed_report();
  report.checks[0].version_differences.clear();
  for (int i = 1; i <= 15; ++i)
    report.checks[0].version_differences.push_back({"package:p" + std::to_string(i), "1", "2"});
  const std::string text = check_text(report, utf8);
  EXPECT_NE(text.find("possible cause: package:p12 1"), std::string::npos) << text;
  EXPECT_EQ(text.find("package:p13 1"), std::string::npos) << text;
  EXPECT_NE(text.find("and 3 more (--format json lists them)"), std::string::npos) << text;
  EXPECT_NE(check_json(report).find("p15"), std::string::npos);
  EXPECT_NE(check_markdown(report, {}).find("p15"), std::string::npos);
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

TEST(CheckText, hints_at_no_function_where_only_waiting_regressed) {
  CheckReport report = waiting_report();
  report.checks[0].functions_hint = "which functions";
  EXPECT_EQ(check_text(report, utf8).find("which functions"), std::string::npos);
}

TEST(CheckText, tells_waiting_in_seconds) {
  expect_golden("check-waiting.txt", check_text(waiting_report(), utf8));
  expect_golden("check-waiting.csv", check_csv(waiting_report()));
  expect_golden("check-waiting.github", github_annotations(waiting_report()));
}

} // namespace
} // namespace bootperf
