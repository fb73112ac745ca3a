#include "session/session.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

Phase phase(const std::string &id, const std::string &name, std::optional<std::size_t> parent) {
  Phase result;
  result.id = id;
  result.name = name;
  result.parent = parent;
  result.start_ns = 1;
  result.wall_ns = 9;
  result.self_ns = 8;
  return result;
}

Launch good_launch() {
  Launch launch;
  launch.scenario = "Launch/traced";
  launch.started = "2026-11-22T20:42:50Z";
  launch.ok = true;
  launch.wall_ns = 15'000'000'000;
  launch.instructions = 2'579'000'000;
  launch.host_cpu_ns = 5;
  launch.peak_memory_bytes = 6;
  launch.phases.phases = {phase("run", "run", {}), phase("run > launch", "launch", 0),
                          phase("run > (other)", "(other)", 0)};
  launch.phases.phases[1].instructions = 3;
  launch.phases.phases[1].self_instructions = 2;
  launch.stalls = {11, 12, 13};
  launch.phases.phases[1].stalls = {1, std::nullopt, 5};
  launch.phases.phases[1].self_stalls = {0, std::nullopt, 4};
  launch.phases.phases[2].other = true;
  launch.phases.phases[2].longest_wait = {"+ sleep 1", "+ \"test\"", 7};
  launch.phases.not_measured = {"run > launch > qemu"};
  return launch;
}

Launch failed_launch() {
  Launch launch;
  launch.scenario = "Launch/cold";
  launch.warmup = true;
  launch.cold = true;
  launch.appliance_rebuilt = true;
  launch.failure = "hung";
  launch.failure_phase = "run > launch";
  launch.last_lines = {"last \\x1b words"};
  launch.phases.last_phase = "run > launch";
  launch.phases.phases = {phase("run", "run", {})};
  launch.phases.phases[0].repeated = true;
  launch.phases.phases[0].overlaps = true;
  launch.phases.phases[0].unfinished = true;
  return launch;
}

Session example() {
  Session session;
  session.id = "20261122T204246Z-1a2b3c4d";
  session.commit = "abc";
  session.created = "2026-11-22T20:42:46Z";
  session.seed = (std::uint64_t{1} << 53) - 1;
  session.host = {{"cpu", "some \"CPU\""}};
  session.environment = {{"LIBGUESTFS_PATH", "/a b"}};
  session.warnings = {"KVM does not work here"};
  session.comparison = Comparison{.base = {"v1", {{"LIBGUESTFS_HV", "/old qemu"}}},
                                  .head = {"v2", {}, {{"network", "yes"}}},
                                  .most_launches = 50,
                                  .most_seconds = 0,
                                  .arguments = {"--base=v1"}};
  session.what_if = WhatIf{.trials = {{.lever = "q35",
                                       .actor = "qemu",
                                       .what = "machine q35",
                                       .adopt = "libguestfs",
                                       .refused = "no q35 here"},
                                      {.lever = "unsigned-modules",
                                       .actor = "kernel",
                                       .what = "no signatures",
                                       .adopt = "",
                                       .refused = "",
                                       .uncounted = "two CPUs",
                                       .less_work = {"insmod"}}},
                           .launches = 3,
                           .base_launches = 9,
                           .arguments = {"q35", "--launches=3"},
                           .levers = "0123456789abcdef",
                           .floor_refused = {{"Floor/kvmtool", "it needs KVM"}}};
  session.scenarios = {{"Launch/traced", "traced", false, {{"arch", "x86_64"}}, {{"qemu", "7.2"}}},
                       {"Launch/cold", "quiet", true, {}, {}}};
  session.scenarios.push_back({"Launch/traced", "traced", false, {}, {}, "base"});
  session.launches = {good_launch(), failed_launch()};
  session.launches[0].block = 7;
  return session;
}

std::string session_error(const std::string &json) {
  const Result<Session> session = parse_session(json, "s.json");
  return session ? "no error" : to_text(session.error());
}

/// The example with one piece of its text replaced.
std::string changed(const std::string &from, const std::string &to) {
  std::string json = to_json(example());
  const std::size_t at = json.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return json.replace(at, from.size(), to);
}

TEST(Session, comes_back_as_it_was_written) {
  const Session before = example();
  const Result<Session> after = parse_session(to_json(before), "s.json");
  ASSERT_TRUE(after) << to_text(after.error());
  EXPECT_EQ(to_json(*after), to_json(before)); // every field is written, so this compares them all
  EXPECT_EQ(after->seed, before.seed);
  EXPECT_EQ(after->launches[0].instructions, before.launches[0].instructions);
  EXPECT_EQ(after->launches[0].stalls, before.launches[0].stalls);
  EXPECT_EQ(after->launches[0].phases.phases[1].stalls, before.launches[0].phases.phases[1].stalls);
  EXPECT_EQ(after->launches[0].phases.phases[1].self_stalls,
            before.launches[0].phases.phases[1].self_stalls);
  EXPECT_EQ(after->launches[0].phases.phases[1].parent, 0u);
  EXPECT_EQ(after->comparison, before.comparison);
  EXPECT_EQ(after->what_if, before.what_if);
  EXPECT_EQ(after->launches[0].block, 7);
  EXPECT_TRUE(after->launches[1].cold);
  EXPECT_TRUE(after->launches[1].phases.phases[0].unfinished);
  EXPECT_EQ(after->launches[1].last_lines, before.launches[1].last_lines);
}

TEST(Session, is_found_by_scenario) {
  const Session session = example();
  ASSERT_NE(session.scenario("Launch/cold"), nullptr);
  EXPECT_TRUE(session.scenario("Launch/cold")->cold);
  EXPECT_EQ(session.scenario("Launch/none"), nullptr);
}

TEST(Session, describes_a_scenario_for_each_subject) {
  const Session session = example();
  EXPECT_EQ(session.scenario("Launch/traced")->subject, "head");
  EXPECT_EQ(session.scenario("Launch/traced", "base")->subject, "base");
  EXPECT_EQ(session.scenario("Launch/cold", "base"), nullptr);
}

TEST(Session, an_empty_one_is_one) {
  Session session;
  session.id = "x";
  EXPECT_TRUE(parse_session(to_json(session), "s.json"));
}

TEST(Session, bytes_that_are_no_utf8_do_not_make_it_unwritable) {
  Session session = example();
  session.warnings = {"bad \xff byte"};
  const Result<Session> after = parse_session(to_json(session), "s.json");
  ASSERT_TRUE(after);
  EXPECT_EQ(after->warnings[0], "bad \xef\xbf\xbd byte");
}

TEST(Session, what_is_no_json_is_named_by_line_and_column) {
  EXPECT_TRUE(session_error("{\"session\": 1,\n  oops}").starts_with("s.json:2:3: not valid JSON"))
      << session_error("{\"session\": 1,\n  oops}");
  EXPECT_TRUE(session_error("").starts_with("s.json:1:1: not valid JSON"));
  const std::string whole = to_json(example());
  EXPECT_NE(session_error(whole.substr(0, whole.size() / 2)).find("not valid JSON"),
            std::string::npos);
}

TEST(Session, a_wrong_field_is_named_by_path_line_and_column) {
  struct {
    std::string from, to, message;
  } const cases[] = {
      {"{\"session\": 1", "{\"session\": 2", "s.json:1:2: /session: expected 1"},
      {"\"seed\": ", "\"seed\": -", "s.json:5:1: /seed: expected a whole number"},
      {"\"commit\": \"abc\"", "\"commit\": 7", "s.json:3:1: /commit: expected a string"},
      {"\"wall_ns\":15000000000", "\"wall_ns\":1.5",
       "/launches/0/wall_ns: expected a whole number"},
      {"\"mode\":\"traced\"", "\"mood\":\"traced\"", "s.json:12:1: /scenarios/0/mode: missing"},
      {"\"cold\":true", "\"cold\":1", "/scenarios/1/cold: expected true or false"},
      {"\"warmup\":false", "\"warmth\":false", "/launches/0/warmth: unknown key; expected one of"},
      {"\"base\":{\"name\":\"v1\"", "\"base\":{\"title\":\"v1\"", "/comparison/base/name: missing"},
      {"\"lever\":\"q35\"", "\"lever\":\"\"",
       "/what_if/trials/0/lever: expected a non-empty name other than base"},
      {"\"actor\":\"qemu\"", "\"actor\":7", "/what_if/trials/0/actor: expected a string"},
      {"\"refused\":\"no", "\"refuse\":\"no", "/what_if/trials/0/refuse: unknown key"},
      {"\"less_work\":[\"insmod\"]", "\"less_work\":\"insmod\"",
       "/what_if/trials/1/less_work: expected an array of strings"},
      {"\"base_launches\":9", "\"base_launches\":-9",
       "/what_if/base_launches: expected a whole number"},
      {"\"trials\":[", "\"trial\":[", "/what_if/trials: missing"},
      {"\"block\":7", "\"block\":\"7\"", "/launches/0/block: expected a whole number"},
      {"\"keys\":{\"arch\":\"x86_64\"}", "\"keys\":[]", "/scenarios/0/keys: expected an object"},
      {"[\"KVM does not work here\"]", "[3]", "/warnings: expected an array of strings"},
      {"\"name\":\"Launch/cold\"", "\"name\":\"Launch/traced\"",
       "duplicate scenario \"Launch/traced\""},
      {"{\"scenario\":\"Launch/traced\"", "{\"scenario\":\"Launch/none\"",
       "/launches/0/scenario: there is no scenario \"Launch/none\""},
      {"\"parent\":\"run\",\"start_ns\":1", "\"parent\":\"walk\",\"start_ns\":1",
       "/launches/0/phases/1/parent: expected the id of a phase that comes before"},
      {"\"parent\":\"run\",\"start_ns\":1", "\"start_ns\":1",
       "/launches/0/phases/1/parent: missing"},
      {"\"id\":\"run > (other)\"", "\"id\":\"\"",
       "/launches/0/phases/2/id: expected a non-empty id"},
      {"\"id\":\"run > (other)\"", "\"id\":\"run > launch\"",
       "/launches/0/phases/2/id: duplicate phase \"run > launch\""},
  };
  for (const auto &[from, to, message] : cases)
    EXPECT_NE(session_error(changed(from, to)).find(message), std::string::npos)
        << session_error(changed(from, to));
}

TEST(Session, tries_a_lever_once) {
  EXPECT_NE(session_error(changed("\"lever\":\"q35\"", "\"lever\":\"unsigned-modules\""))
                .find("/what_if/trials/1/lever: duplicate lever \"unsigned-modules\""),
            std::string::npos)
      << session_error(changed("\"lever\":\"q35\"", "\"lever\":\"unsigned-modules\""));
}

TEST(Session, a_key_that_occurs_twice_is_an_error) {
  EXPECT_EQ(session_error("{\"session\": 1,\n \"id\": \"{\\\"id\\\":\",\n \"id\": \"b\"}"),
            "s.json:3:2: duplicate key \"id\"");
}

TEST(Session, a_nul_byte_is_an_error_and_ends_nothing) {
  const std::string json = to_json(example());
  EXPECT_NE(session_error(json + std::string("\0]", 2)).find("a NUL byte"), std::string::npos);
  EXPECT_NE(session_error(json + std::string("\0garbage", 8)).find("a NUL byte"),
            std::string::npos);
}

TEST(Session, nesting_is_bounded) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_NE(session_error(deep).find("levels deep"), std::string::npos);
  EXPECT_NE(session_error("[]").find("expected an object"), std::string::npos);
}

TEST(Session, the_depth_of_phases_is_bounded) {
  const auto deep = [](std::size_t levels) {
    Session session = example();
    std::vector<Phase> &phases = session.launches[0].phases.phases;
    phases.clear();
    std::string id = "run";
    for (std::size_t i = 0; i < levels; ++i, id += " > x")
      phases.push_back(phase(id, "x", i == 0 ? std::nullopt : std::optional(i - 1)));
    return session_error(to_json(session));
  };
  EXPECT_EQ(deep(60), "no error");
  EXPECT_NE(deep(70).find("phases nested more than 64 levels deep"), std::string::npos);
}

TEST(Session, a_file_is_replaced_whole_and_read_back) {
  const auto path = std::filesystem::path(testing::TempDir()) / "session_test.json";
  std::ofstream(path) << "old";
  ASSERT_TRUE(write_session(path.string(), example()));
  const Result<Session> session = read_session(path.string());
  ASSERT_TRUE(session) << to_text(session.error());
  EXPECT_EQ(session->id, example().id);
  std::filesystem::remove(path);
  ASSERT_FALSE(read_session(path.string()));
  EXPECT_EQ(read_session(path.string()).error().kind, ErrorKind::io);
}

} // namespace
} // namespace bootperf
