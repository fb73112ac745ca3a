#include "cli/check_context.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

const std::string commit = "1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d";
const std::string other_commit = "9f8e7d6c5b4a39281706f5e4d3c2b1a098765432";

std::map<std::string, std::string> a_job() {
  return {{"GITHUB_SERVER_URL", "https://github.com"},
          {"GITHUB_REPOSITORY", "libguestfs/libguestfs.github.io"},
          {"GITHUB_RUN_ID", "17"}};
}

Session counted_session(std::size_t scenarios = 1) {
  Session session;
  session.commit = commit;
  for (std::size_t i = 0; i < scenarios; ++i) {
    Scenario scenario;
    scenario.name = i == 0 ? "Launch/counted" : "Launch/counted/network";
    scenario.mode = "counted";
    session.scenarios.push_back(scenario);
  }
  return session;
}

CheckReport report_of(Verdict verdict) {
  ScenarioCheck check;
  check.scenario = "Launch/counted";
  check.metric = Metric::instructions;
  check.verdict = verdict;
  check.baseline_file = "thresholds/x.instructions.yaml";
  check.launches = 3;
  CheckReport report;
  report.checks = {check};
  return report;
}

Thresholds a_baseline() {
  Thresholds thresholds;
  Baseline baseline;
  baseline.file = "thresholds/x.instructions.yaml";
  baseline.sessions.resize(2);
  baseline.sessions.back().commit = other_commit;
  thresholds.baselines = {baseline};
  return thresholds;
}

CheckContext context(Verdict verdict, const CheckFlags &flags = {}, const ActionsRun &run = {},
                     std::size_t scenarios = 1) {
  return context_of_check(report_of(verdict), counted_session(scenarios), "out/s.json",
                          a_baseline(), flags, {"bootperf", "gate"}, run);
}

TEST(ActionsRun, links_commits_and_itself) {
  const ActionsRun run = actions_run(a_job());
  EXPECT_EQ(run.commit_link(commit),
            "https://github.com/libguestfs/libguestfs.github.io/commit/" + commit);
  EXPECT_EQ(run.run_link(), "https://github.com/libguestfs/libguestfs.github.io/actions/runs/17");
  EXPECT_EQ(run.commit_link("main"), "");
}

TEST(ActionsRun, links_nothing_where_a_variable_is_not_what_it_should_be) {
  const auto with = [](const char *name, const std::string &value) {
    std::map<std::string, std::string> environment = a_job();
    environment[name] = value;
    return actions_run(environment);
  };
  for (const char *server : {"", "http://github.com", "javascript://x", "https://", "https://a b",
                             "https://a/)[x](y", "https://a\nb"})
    EXPECT_EQ(with("GITHUB_SERVER_URL", server).run_link(), "") << server;
  for (const char *repository :
       {"", "a", "a/", "/b", "a/b/c", "a/b)", "a/../b", "a/..", "a b/c", "a/b?c"})
    EXPECT_EQ(with("GITHUB_REPOSITORY", repository).commit_link(commit), "") << repository;
  for (const char *id : {"", "x", "1)", "-1", "123456789012345678901"})
    EXPECT_EQ(with("GITHUB_RUN_ID", id).run_link(), "") << id;
  EXPECT_EQ(with("GITHUB_REPOSITORY", "a/" + std::string(101, 'b')).run_link(), "");
  EXPECT_EQ(actions_run({}).run_link(), "");
}

TEST(CheckContext, of_a_check_names_the_commits_of_session_and_baseline) {
  const CheckContext apart = context(Verdict::regressed);
  EXPECT_EQ(apart.head.commit, commit);
  EXPECT_EQ(apart.base.commit, other_commit);
  EXPECT_EQ(apart.head.link, "");
  EXPECT_EQ(apart.run_link, "");
  const CheckContext in_job = context(Verdict::regressed, {}, actions_run(a_job()));
  EXPECT_TRUE(in_job.head.link.ends_with("/commit/" + commit)) << in_job.head.link;
  EXPECT_TRUE(in_job.base.link.ends_with("/commit/" + other_commit)) << in_job.base.link;
}

TEST(CheckContext, takes_no_word_of_a_session_for_a_commit_that_is_none) {
  Session session = counted_session();
  session.commit = "](x) <b>";
  const CheckContext found = context_of_check(report_of(Verdict::pass), session, "s.json",
                                              a_baseline(), {}, {}, actions_run(a_job()));
  EXPECT_EQ(found.head.commit, "");
  EXPECT_EQ(found.head.link, "");
}

TEST(CheckContext, repeats_the_verb_or_checks_what_the_artifact_keeps) {
  CheckFlags flags;
  flags.directory = "my thresholds";
  EXPECT_EQ(context(Verdict::regressed, flags).reproduce,
            "bootperf gate --thresholds 'my thresholds'");
  flags.artifact = "gate-debian-12";
  EXPECT_EQ(context(Verdict::regressed, flags).reproduce,
            "bootperf gate --thresholds 'my thresholds'")
      << "it is not known of which run";
  EXPECT_EQ(context(Verdict::regressed, flags, actions_run(a_job())).reproduce,
            "gh run download 17 --repo libguestfs/libguestfs.github.io --name gate-debian-12\n"
            "bootperf check s.json --thresholds 'my thresholds'");
  flags.artifact = "x; rm -rf /";
  EXPECT_EQ(context(Verdict::regressed, flags, actions_run(a_job())).artifact, "");
  flags.reproduce = "ci/mine";
  EXPECT_EQ(context(Verdict::regressed, flags).reproduce, "ci/mine");
}

TEST(CheckContext, accepts_what_moved_against_a_baseline_with_the_launches_that_it_takes) {
  const std::string accept = context(Verdict::regressed).accept;
  EXPECT_TRUE(accept.starts_with("bootperf run --add ")) << accept;
  EXPECT_TRUE(
      accept.ends_with(" -o out/s.json\nbootperf baseline update out/s.json --accept 'why'"))
      << accept;
  EXPECT_EQ(context(Verdict::improved).accept, accept);
  EXPECT_EQ(context(Verdict::regressed, {}, {}, 2).accept,
            "bootperf baseline update out/s.json --scenario Launch/counted --accept 'why'")
      << "launches are added to a session of one scenario";
  for (const Verdict verdict : {Verdict::pass, Verdict::inconclusive, Verdict::not_measured})
    EXPECT_EQ(context(verdict).accept, "");
}

TEST(CheckContext, of_a_comparison_has_no_baseline_to_accept) {
  CheckReport report = report_of(Verdict::regressed);
  report.checks[0].comparison = ComparisonOutcome{};
  report.checks[0].comparison->base = "v1";
  report.checks[0].comparison->head = commit;
  const CheckContext found =
      context_of_comparison(report, {}, {"bootperf", "compare", "--base=v 1"}, {});
  EXPECT_EQ(found.accept, "");
  EXPECT_EQ(found.base.name, "v1");
  EXPECT_EQ(found.head.name, "");
  EXPECT_EQ(found.head.commit, commit);
  EXPECT_EQ(found.reproduce, "bootperf compare '--base=v 1'");
  report.checks[0].comparison->base = "base";
  EXPECT_EQ(context_of_comparison(report, {}, {}, {}).base.name, "") << "that is its role";
}

} // namespace
} // namespace bootperf
