#include <algorithm>

#include <gtest/gtest.h>

#include "report/check/formats.h"
#include "report/check/reports.h"
#include "report/golden.h"

namespace bootperf {
namespace {

const std::string base_commit = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d";
const std::string head_commit = "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432";
const std::string project = "https://github.com/libguestfs/libguestfs";

/// As in a job of the project's own CI, against a baseline.
CheckContext in_ci() {
  return {.base = {"", base_commit, project + "/commit/" + base_commit},
          .head = {"", head_commit, project + "/commit/" + head_commit},
          .run_link = project + "/actions/runs/17",
          .artifact = "bootperf-gate",
          .reproduce = "gh run download 17 --repo libguestfs/libguestfs --name bootperf-gate\n"
                       "bootperf check bootperf.gate.json",
          .accept = "bootperf run --add 17 -o bootperf.gate.json\n"
                    "bootperf baseline update bootperf.gate.json --accept 'why'"};
}

/// What there is to accept is a change.
CheckContext in_ci_without_change() {
  CheckContext context = in_ci();
  context.accept = "";
  return context;
}

CheckContext by_hand() {
  return {.base = {.name = "v1"},
          .head = {.name = "v2"},
          .reproduce = "bootperf compare --base=v1 --head=v2 --mode=traced"};
}

std::string above_the_fold(const std::string &text) {
  return text.substr(0, text.find("<details>"));
}

std::size_t times(const std::string &what, const std::string &text) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

TEST(CheckMarkdown, is_a_comment_for_each_verdict) {
  expect_golden("comment-pass.md", check_markdown(passing_report(), in_ci_without_change()));
  expect_golden("comment-work.md", check_markdown(regressed_report(), in_ci()));
  expect_golden("comment-waiting.md", check_markdown(waiting_report(), in_ci()));
  expect_golden("comment-wall.md", check_markdown(wall_comparison(), by_hand()));
  expect_golden("comment-inconclusive.md",
                check_markdown(undecided_report(), in_ci_without_change()));
  expect_golden("comment-no-baseline.md",
                check_markdown(without_baseline(), {.reproduce = "bootperf check s.json"}));
}

TEST(CheckMarkdown, tells_several_scenarios_apart) {
  CheckReport report = waiting_report();
  report.checks.push_back(passing_report().checks[0]);
  report.checks.back().scenario = "Launch/counted/network";
  const std::string text = check_markdown(report, in_ci());
  expect_golden("comment-several.md", text);
  EXPECT_TRUE(text.starts_with("## ❌ Boot time: regressed\n\n### ❌ Launch/counted: regressed\n"))
      << text;
  EXPECT_EQ(times("seed 42", text), 1U) << "both are of one session";
  EXPECT_NE(text.find("</details>\n\n### ✅ Launch/counted/network: pass\n"), std::string::npos)
      << "markup ends at an empty line";
}

TEST(CheckMarkdown, says_the_sentence_of_the_other_formats_first) {
  const std::string text = check_markdown(passing_report(), {});
  EXPECT_TRUE(
      text.starts_with("## ✅ Boot time, Launch/counted: pass\n\n**No gated phase is slower&#58; a "
                       "slow-down of 0.9 % or a wait of "))
      << text;
}

TEST(CheckMarkdown, of_a_pass_is_three_lines_and_what_is_folded) {
  const std::string above = above_the_fold(check_markdown(passing_report(), in_ci()));
  EXPECT_EQ(times("\n\n", above), 3U) << above;
  EXPECT_NE(above.find("Launch: work (instructions) 2.500 G → 2.501 G, "), std::string::npos);
  EXPECT_EQ(check_markdown(passing_report(), in_ci()).find("```"), std::string::npos)
      << "nothing to repeat and nothing to accept";
}

TEST(CheckMarkdown, gives_commands_only_where_they_are_known) {
  EXPECT_EQ(check_markdown(regressed_report(), {}).find("```"), std::string::npos);
  const std::string text = check_markdown(wall_comparison(), by_hand());
  EXPECT_NE(text.find("The same again:\n\n```sh\nbootperf compare --base=v1"), std::string::npos);
  EXPECT_EQ(text.find("If it is meant"), std::string::npos) << "there is no baseline";
}

// Whoever copies a block to repeat the check must not accept what it finds.
TEST(CheckMarkdown, accepts_in_a_block_of_its_own) {
  const std::string text = check_markdown(regressed_report(), in_ci());
  const auto meant = text.find("If it is meant, then, with the reason:\n\n```sh\n");
  ASSERT_NE(meant, std::string::npos) << text;
  EXPECT_EQ(text.substr(0, meant).find("--accept"), std::string::npos);
}

TEST(CheckMarkdown, links_commits_run_and_artifact_where_they_are_known) {
  const std::string text = check_markdown(regressed_report(), in_ci());
  EXPECT_NE(text.find("baseline of [1a2b3c4d](" + project + "/commit/" + base_commit +
                      ") → head [9f8e7d6c](" + project + "/commit/" + head_commit + ") · [run](" +
                      project + "/actions/runs/17) · session in the artifact [bootperf-gate](" +
                      project + "/actions/runs/17#artifacts)\n"),
            std::string::npos)
      << text;
  CheckContext apart = in_ci();
  apart.base.link = apart.head.link = apart.run_link = "";
  const std::string plain = check_markdown(regressed_report(), apart);
  EXPECT_NE(plain.find("baseline of 1a2b3c4d → head 9f8e7d6c · session in the artifact "
                       "bootperf-gate\n"),
            std::string::npos)
      << plain;
}

TEST(CheckMarkdown, folds_the_table_and_all_that_is_long) {
  const std::string text = check_markdown(regressed_report(), in_ci());
  const std::string above = above_the_fold(text);
  EXPECT_NE(above.find("| ❌ /init › udev trigger and settle | work (instructions) |"),
            std::string::npos)
      << above;
  EXPECT_NE(above.find("| └ gawk (user) |"), std::string::npos) << above;
  EXPECT_EQ(above.find("adjusted p"), std::string::npos);
  EXPECT_EQ(above.find("seed"), std::string::npos);
  EXPECT_EQ(above.find("possible cause"), std::string::npos);
  const std::string folded = text.substr(above.size());
  EXPECT_NE(folded.find("spread over 312 functions"), std::string::npos);
  EXPECT_NE(folded.find("possible cause: package&#58;udev 252.1 → 252.2"), std::string::npos);
  EXPECT_NE(folded.find("session 20261122-1, seed 42"), std::string::npos);
}

TEST(CheckMarkdown, says_why_a_gated_phase_is_not_judged_and_why_no_function_is_named) {
  CheckReport report = regressed_report();
  report.checks[0].phases[0].places[0].functions->shows_it = false;
  const std::string above = above_the_fold(check_markdown(report, {}));
  EXPECT_NE(above.find("- ⚠️ not measured&#58; kernel&#58;entry&#58; no launch of the session"),
            std::string::npos)
      << above;
  EXPECT_NE(above.find("- no function is named&#58; by one profiled launch"), std::string::npos);
}

TEST(CheckMarkdown, names_once_what_bars_the_nearest_baseline) {
  CheckReport report = without_baseline();
  report.checks[0].without_baseline = true;
  report.checks[0].reason =
      "no baseline for this class; the nearest differs in qemu: 7.2.22 → 7.2.23";
  EXPECT_EQ(times("7.2.22", check_markdown(report, {})), 1U);
}

TEST(CheckMarkdown, says_between_which_commands_a_phase_waits) {
  CheckReport report = waiting_report();
  report.checks[0].phases[1].places[0].between = LongestWait{"+ sleep 3", "+ test", 3'000'000'000};
  const std::string above = above_the_fold(check_markdown(report, {}));
  EXPECT_NE(above.find("/init › udev trigger&#58; most of it between \"+ sleep 3\" and \"+ test\""),
            std::string::npos)
      << above;
}

TEST(CheckMarkdown, fits_into_a_comment_and_says_what_it_leaves_out) {
  CheckReport report = regressed_report();
  for (int i = 0; i < 3000; ++i)
    report.checks[0].version_differences.push_back({"package:p" + std::to_string(i), "1", "2"});
  const std::string text = check_markdown(report, in_ci());
  EXPECT_LT(text.size(), 60'001U);
  EXPECT_GT(text.size(), 50'000U);
  EXPECT_NE(text.find("Boot is slower"), std::string::npos);
  EXPECT_NE(text.find(" lines more are left out, since a comment has an end: `bootperf check "
                      "--format json` has them all.\n\n</details>\n\n"),
            std::string::npos);
  EXPECT_TRUE(text.ends_with("#artifacts)\n"));
}

TEST(CheckMarkdown, shows_every_sentence_of_very_many_scenarios) {
  CheckReport report = waiting_report();
  report.checks.resize(120, report.checks.front());
  const std::string text = check_markdown(report, in_ci());
  EXPECT_LT(text.size(), 60'001U);
  EXPECT_EQ(times("**Boot is slower", text), 120U);
}

TEST(CheckMarkdown, lets_nothing_through_from_outside) {
  const std::string evil = "\n::error::\033[2J|<b>@all ##[x]```\n```";
  CheckContext context = in_ci();
  context.base = {.name = evil};
  context.artifact = context.reproduce = context.accept = evil;
  const std::string text = check_markdown(hostile(), context);
  std::string outside_of_code = text;
  for (int block = 0; block < 2; ++block) {
    const auto begin = outside_of_code.find("````sh\n");
    ASSERT_NE(begin, std::string::npos) << text;
    const std::string_view fence = "\n````\n";
    outside_of_code.erase(begin, outside_of_code.find(fence, begin) + fence.size() - begin);
  }
  for (const char *forbidden : {"\033", "\n::", "##["})
    EXPECT_EQ(text.find(forbidden), std::string::npos) << forbidden;
  for (const char *forbidden : {"::", "<b>", "@all", "```\n```"})
    EXPECT_EQ(outside_of_code.find(forbidden), std::string::npos) << forbidden;
}

} // namespace
} // namespace bootperf
