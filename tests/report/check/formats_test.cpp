#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/check/formats.h"
#include "report/check/reports.h"
#include "report/golden.h"
#include "report/trees.h"

namespace bootperf {
namespace {

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

TEST(CheckFormats, say_once_how_functions_are_named_where_none_is) {
  CheckReport report = regressed_report();
  ScenarioCheck &check = report.checks[0];
  check.phases[0].places[0].functions.reset();
  check.phases.push_back(phase("run > launch > qemu > kernel", Verdict::regressed, 1.02));
  check.functions_hint = "which functions: `bootperf profile --diff x.profile.json`";
  for (const std::string &text :
       {check_text(report, utf8), check_markdown(report, {}), github_annotations(report)}) {
    const auto first = text.find("which functions");
    EXPECT_NE(first, std::string::npos) << text;
    EXPECT_EQ(text.find("which functions", first + 1), std::string::npos) << text;
  }
  EXPECT_NE(junit(report).find("3 launches. which functions: "), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(check_json(report))["checks"][0]["functions_hint"],
            check.functions_hint);
}

} // namespace
} // namespace bootperf
