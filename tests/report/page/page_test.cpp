#include "report/page/pages.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/page/document.h"
#include "report/page/session_model.h"
#include "report/trees.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

using nlohmann::ordered_json;

Launch launch_of(const std::string &subject, bool ok = true) {
  Launch launch;
  launch.scenario = "Launch/traced";
  launch.subject = subject;
  launch.ok = ok;
  launch.phases = small_launch();
  return launch;
}

Session session_of(const std::vector<Launch> &launches) {
  Session session;
  session.id = "20261122-1";
  session.scenarios.push_back({"Launch/traced", "traced", false, {{"arch", "x86_64"}}, {}});
  session.launches = launches;
  return session;
}

TEST(Subjects, put_base_first_and_leave_out_what_is_no_sample) {
  Launch warmup = launch_of("head");
  warmup.warmup = true;
  const Session session =
      session_of({warmup, launch_of("head"), launch_of("base"), launch_of("head", false)});
  const std::vector<SubjectLaunches> subjects = subjects_of(session, session.scenarios[0]);
  ASSERT_EQ(subjects.size(), 2U);
  EXPECT_EQ(subjects[0].name, "base");
  EXPECT_EQ(subjects[1].launches.size(), 1U);
  EXPECT_EQ(subjects[1].launches[0].number, 2U);
}

TEST(Subjects, give_the_last_failed_launch_where_none_came_up) {
  const Session session = session_of({launch_of("head", false), launch_of("head", false)});
  const std::vector<SubjectLaunches> subjects = subjects_of(session, session.scenarios[0]);
  ASSERT_EQ(subjects.size(), 1U);
  EXPECT_EQ(subjects[0].launches[0].number, 2U);
}

TEST(PageModel, has_every_launch_of_every_phase) {
  Launch short_one = launch_of("head");
  short_one.phases.phases.pop_back();
  const Session session = session_of({launch_of("base"), launch_of("head"), short_one});
  const ordered_json model = page_model({.session = session});
  const ordered_json &phases = model["scenarios"][0]["phases"];
  EXPECT_EQ(phases.size(), small_launch().phases.size());
  EXPECT_TRUE(phases[0]["parent"].is_null());
  EXPECT_EQ(phases[1]["parent"], 0);
  EXPECT_EQ(phases[1]["values"][0]["wall"], ordered_json::parse("[900000000]"));
  const ordered_json &shutdown = phases.back();
  EXPECT_EQ(shutdown["name"], "shutdown");
  EXPECT_TRUE(shutdown["values"][1]["wall"][1].is_null());
  EXPECT_FALSE(shutdown["values"][1].contains("instructions"));
}

TEST(PageModel, has_the_launches_of_the_baseline_the_check_used) {
  Baseline baseline;
  baseline.file = "t/a.wall.yaml";
  baseline.sessions.push_back({"s", "", "", {}, {{{"run", 5e9}}, {{"run", 6e9}}}});
  CheckReport report;
  report.checks.emplace_back();
  report.checks[0].scenario = "Launch/traced";
  report.checks[0].baseline_file = baseline.file;
  const Session session = session_of({launch_of("head")});
  const ordered_json model =
      page_model({.session = session, .report = report, .baselines = {baseline}});
  EXPECT_EQ(model["scenarios"][0]["phases"][0]["baseline"], ordered_json::parse("[5e9, 6e9]"));
  EXPECT_EQ(model["verdict"], "not measured");
}

TEST(PageModel, has_spinning_and_waiting_of_the_launches_that_measured_them) {
  Launch counted = launch_of("head");
  for (Phase &phase : counted.phases.phases) {
    phase.instructions = 100;
    phase.stalls = {.spinning = 7, .waiting_ns = 0, .host_waiting_ns = {}};
  }
  const Session session = session_of({counted, launch_of("head")});
  const ordered_json values =
      page_model({.session = session})["scenarios"][0]["phases"][0]["values"][0];
  EXPECT_EQ(values["instructions"], ordered_json::parse("[100, null]"));
  EXPECT_EQ(values["spinning"], ordered_json::parse("[7, null]"));
  EXPECT_EQ(values["waiting"], ordered_json::parse("[0, null]")) << "0 was measured, null was not";
}

TEST(PageModel, has_how_long_the_launches_of_the_baseline_waited) {
  Baseline baseline;
  baseline.file = "t/a.instructions.yaml";
  baseline.sessions.push_back(
      {"s", "", "", {}, {{{"run", 5e9}, {{"run", Quantity::waiting}, 3e8}}}});
  CheckReport report;
  report.checks.emplace_back();
  report.checks[0].scenario = "Launch/traced";
  report.checks[0].baseline_file = baseline.file;
  const Session session = session_of({launch_of("head")});
  const ordered_json phases = page_model(
      {.session = session, .report = report, .baselines = {baseline}})["scenarios"][0]["phases"];
  EXPECT_EQ(phases[0]["baseline"], ordered_json::parse("[5e9]"));
  EXPECT_EQ(phases[0]["baseline_waiting"], ordered_json::parse("[3e8]"));
  EXPECT_FALSE(phases[1].contains("baseline_waiting"));
}

TEST(VerdictModel, says_of_a_gate_whether_its_waiting_was_judged) {
  ScenarioCheck check;
  check.metric = Metric::instructions;
  check.phases.resize(2);
  check.phases[1].waiting = true;
  const ordered_json gates = verdict_model(check)["gates"];
  EXPECT_EQ(gates[0]["waiting"], false);
  EXPECT_EQ(gates[1]["waiting"], true);
}

TEST(PageModel, shows_a_scenario_of_a_comparison_once_and_names_its_subjects) {
  Session session = session_of({launch_of("base"), launch_of("head")});
  session.scenarios.push_back(session.scenarios[0]);
  session.scenarios[0].subject = "base";
  session.comparison = Comparison{{"v1.50", {}}, {"head", {}}, 20, 0, {}};
  const ordered_json model = page_model({.session = session});
  ASSERT_EQ(model["scenarios"].size(), 1U);
  const ordered_json &subjects = model["scenarios"][0]["subjects"];
  EXPECT_EQ(subjects[0]["title"], "base, v1.50");
  EXPECT_EQ(subjects[1]["title"], "head");
}

TEST(PageModel, is_titled_by_what_was_booted) {
  Session session = session_of({launch_of("head")});
  EXPECT_EQ(page_model({.session = session})["title"], "Boot time of the libguestfs appliance");
  session.comparison = Comparison{{"v1.50", {}}, {"mine", {}}, 20, 0, {}};
  EXPECT_EQ(page_model({.session = session})["title"],
            "Boot time of the libguestfs appliance: mine against v1.50");
  session.comparison.reset();
  session.scenarios[0].name = "Floor/pc";
  EXPECT_EQ(page_model({.session = session})["title"], "Boot time of Floor/pc");
  session.scenarios.push_back(session.scenarios[0]);
  session.scenarios[1].name = "Guest/mine/traced";
  EXPECT_EQ(page_model({.session = session})["title"], "Boot time of 2 guests");
  session.scenarios.push_back(session.scenarios[0]);
  session.scenarios[2].name = "WhatIf/q35";
  EXPECT_EQ(page_model({.session = session})["title"], "Boot time of the libguestfs appliance");
}

TEST(PageModel, has_what_to_fix_first_where_a_profile_was_given) {
  const Session session = session_of({launch_of("head")});
  EXPECT_TRUE(page_model({.session = session})["suggestions"].is_null());
  const ordered_json suggestions =
      page_model({.session = session,
                  .suggestions = ShownSuggestions{
                      .sentence = "Of 2.5 G instructions levers touch 61.0 %.",
                      .rows = {{.saved = "?",
                                .spent = "25.3 %",
                                .lever = "unsigned-modules",
                                .what = "no signatures",
                                .functions = "vmlinux sha256_update"}},
                      .measure = "bootperf what-if unsigned-modules"}})["suggestions"];
  EXPECT_EQ(suggestions["sentence"], "Of 2.5 G instructions levers touch 61.0 %.");
  EXPECT_EQ(suggestions["measure"], "bootperf what-if unsigned-modules");
  EXPECT_EQ(suggestions["rows"][0]["lever"], "unsigned-modules");
  EXPECT_EQ(suggestions["rows"][0]["spent"], "25.3 %");
}

TEST(PageModel, has_where_the_boot_goes_where_a_profile_was_given) {
  const Session session = session_of({launch_of("head")});
  EXPECT_TRUE(page_model({.session = session})["profile"].is_null());
  ShownProfile shown{.head = "head.json.gz", .base = "base.json.gz"};
  shown.tree.compares = true;
  shown.tree.head = 3e6;
  shown.tree.base = 2e6;
  shown.tree.nodes = {
      {.part = ProfilePart::phase, .name = "run > /init", .parent = {}, .head = 3e6, .base = 2e6},
      {.part = ProfilePart::object,
       .name = "/usr/bin/\x1b[2Jbash",
       .parent = 0,
       .head = 3e6,
       .base = 2e6},
      {.part = ProfilePart::function, .name = std::string(1000, 'f'), .parent = 1, .head = 3e6}};
  const ordered_json profile = page_model({.session = session, .profile = shown})["profile"];
  EXPECT_EQ(profile["sentence"],
            "2.000 M instructions of work in a launch by the profile base.json.gz, 3.000 M by "
            "head.json.gz: +1.000 M (+50.0 %); one launch of a side says nothing of how far they "
            "vary.");
  EXPECT_EQ(profile["phases"], ordered_json::parse(R"([[0, "run > /init", "/init"]])"));
  EXPECT_EQ(profile["nodes"][0], ordered_json::parse("[-1, 0, 0, 3000000, 2000000, 0]"));
  EXPECT_EQ(profile["nodes"][2], ordered_json::parse("[1, 2, 2, 3000000, 0, 0]"));
  EXPECT_EQ(profile["texts"][1], "\\x1b[2Jbash");
  EXPECT_LT(profile["texts"][2].get<std::string>().size(), 200u) << "no page is that wide";
}

TEST(PageModel, of_a_session_of_levers_shows_the_boot_as_it_is) {
  Session session = session_of({launch_of("q35"), launch_of("base")});
  EXPECT_EQ(page_model({.session = session})["scenarios"][0]["subjects"].size(), 2U);
  session.what_if = WhatIf{};
  const ordered_json model = page_model({.session = session});
  const ordered_json &subjects = model["scenarios"][0]["subjects"];
  ASSERT_EQ(subjects.size(), 1U) << "a lever is no change of another";
  EXPECT_EQ(subjects[0]["name"], "base");
}

TEST(PageModel, ranks_the_levers_of_a_session_that_tried_some) {
  const Session session = session_of({launch_of("base")});
  EXPECT_TRUE(page_model({.session = session})["levers"].is_null());
  LeverRanking ranking;
  LeverOutcome hung, without;
  hung.trial.lever = "two-cpus";
  hung.reason = "\x1b[2Jhung\nsecond line";
  without.trial.lever = std::string(together_without) + "q35";
  ranking.outcomes = {hung, without};
  const ordered_json model = page_model({.session = session, .levers = ranking});
  const ordered_json &rows = model["levers"]["rows"];
  ASSERT_EQ(rows.size(), 1U) << "what is left out of all together is not listed";
  EXPECT_EQ(rows[0]["lever"], "two-cpus");
  EXPECT_EQ(rows[0]["effect"], "not measured");
  EXPECT_EQ(rows[0]["note"], "\\x1b[2Jhung");
}

TEST(PageModel, escapes_what_comes_from_outside) {
  const std::string evil = "\033[2J\xff";
  Launch failed = launch_of(evil, false);
  failed.failure = failed.failure_phase = evil;
  failed.last_lines = {evil};
  Session session = session_of({failed});
  session.id = session.commit = session.created = evil;
  session.warnings = {evil};
  session.environment = session.host = session.scenarios[0].versions = {{evil, evil}};
  const std::string text = page_model({.session = session}).dump();
  EXPECT_EQ(text.find("\\u001b"), std::string::npos);
}

TEST(ReportPage, cannot_be_left_by_what_it_shows) {
  Launch failed = launch_of("head", false);
  failed.last_lines = {"</script><script>evil()</script><!--"};
  const Session session = session_of({failed});
  const std::string page = report_page({.session = session});
  EXPECT_EQ(page.find("<script>evil"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>\\u003cscript>evil()"), std::string::npos);
}

TEST(ReportPage, loads_nothing_and_allows_only_its_own_scripts) {
  const Session session = session_of({launch_of("head")});
  const std::string page = report_page({.session = session});
  EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-"), std::string::npos);
  const std::string head = page.substr(0, page.find("<script>"));
  for (const char *forbidden : {"unsafe", " src=", "href=\"http", "@import", "url("})
    EXPECT_EQ(head.find(forbidden), std::string::npos) << forbidden;
}

TEST(HtmlDocument, names_its_scripts_by_their_hash_in_base64) {
  PageParts parts;
  parts.title = "a < b";
  // SHA-256 of the empty text, whose base64 is known (RFC 6920 has others).
  parts.scripts = {{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}};
  parts.data = "{\"a\": \"</script>\"}";
  parts.licence = "<licence>";
  const std::string page = html_document(parts);
  EXPECT_NE(page.find("'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"), std::string::npos);
  EXPECT_NE(page.find("<title>a &lt; b</title>"), std::string::npos);
  EXPECT_NE(page.find("{\"a\": \"\\u003c/script>\"}"), std::string::npos);
  EXPECT_NE(page.find("&lt;licence></pre>"), std::string::npos);
}

} // namespace
} // namespace bootperf
