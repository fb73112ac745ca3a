#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "bootperf_program.h"
#include "session/session.h"

namespace bootperf {
namespace {

using nlohmann::json;

const char *const policy = "gates:\n"
                           "  wall:\n"
                           "    - {phase: launch, tolerance: 5 %}\n"
                           "    - {phase: /init, tolerance: 5 %}\n"
                           "  instructions:\n"
                           "    - {phase: launch, tolerance: 5 %}\n"
                           "    - {phase: /init, tolerance: 5 %}\n";

/// Three recordings, many times over with some nanoseconds and instructions more, since no launch
/// counts twice: the steadiest sessions one can wish for.
class Check : public InDirectory {
protected:
  Check() {
    std::filesystem::create_directory(file("t"));
    write("t/policy.yaml", policy);
  }

  Ran import(const std::string &name, int times = 2) const {
    std::vector<std::string> arguments = {"import", "-o", file(name)};
    for (const char *log : {"traced-1", "traced-2", "traced-3"})
      arguments.push_back(recording(log));
    const Ran imported = bootperf(arguments);
    if (imported.code == 0)
      multiply(file(name), times);
    return imported;
  }

  /// The session again, with /init slower by a factor, and everything that contains it.
  void slow_down(const std::string &from, const std::string &to, double factor) const {
    auto session = read_session(file(from));
    ASSERT_TRUE(session.has_value());
    session->id += "-slower";
    for (Launch &launch : session->launches)
      slow_down(launch, factor);
    ASSERT_TRUE(write_session(file(to), *session).has_value());
  }

  Ran check(const std::string &session, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"check", file(session), "--thresholds", file("t")});
    return bootperf(more);
  }

  Ran update(const std::string &session, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"baseline", "update", file(session), "--thresholds", file("t")});
    return bootperf(more);
  }

  std::vector<std::string> baselines() const {
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::directory_iterator(file("t"))) {
      if (entry.path().filename() != "policy.yaml")
        files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

private:
  void multiply(const std::string &path, int times) const {
    auto session = read_session(path);
    ASSERT_TRUE(session.has_value());
    const std::vector<Launch> recorded = session->launches;
    session->launches.clear();
    for (int i = 0; i < times; ++i)
      for (Launch launch : recorded) {
        ++made_;
        for (Phase &phase : launch.phases.phases) {
          phase.wall_ns += made_;
          phase.instructions = phase.instructions.value_or(0) + static_cast<std::uint64_t>(made_);
        }
        session->launches.push_back(std::move(launch));
      }
    ASSERT_TRUE(write_session(path, *session).has_value());
  }

  mutable std::int64_t made_ = 0;

  static void slow_down(Launch &launch, double factor) {
    std::vector<Phase> &phases = launch.phases.phases;
    const auto init = std::find_if(phases.begin(), phases.end(),
                                   [](const Phase &phase) { return phase.name == "/init"; });
    ASSERT_NE(init, phases.end());
    const auto extra = static_cast<std::int64_t>(static_cast<double>(init->wall_ns) * (factor - 1));
    const auto more_work = static_cast<std::uint64_t>(
        static_cast<double>(init->instructions.value_or(0)) * (factor - 1));
    const std::string id = init->id;
    for (Phase &phase : phases) {
      if (id != phase.id && !id.starts_with(phase.id + " > "))
        continue;
      phase.wall_ns += extra;
      phase.instructions = phase.instructions.value_or(0) + more_work;
    }
    // What was added to /init has to stand somewhere below it too.
    for (Phase &phase : phases) {
      if (phase.id == id + " > (other)") {
        phase.wall_ns += extra;
        phase.instructions = phase.instructions.value_or(0) + more_work;
      }
    }
    init->self_ns += extra;
    launch.wall_ns += extra;
    launch.instructions = launch.instructions.value_or(0) + more_work;
  }
};

TEST_F(Check, without_a_baseline_is_not_measured_and_gives_the_command) {
  ASSERT_EQ(import("s.json").code, 0);
  const Ran checked = check("s.json", {"--same-session"});
  EXPECT_EQ(checked.code, 4) << checked.text;
  EXPECT_NE(checked.text.find("bootperf baseline update " + file("s.json")), std::string::npos)
      << checked.text;
}

TEST_F(Check, passes_what_did_not_move) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(import("after.json").code, 0);
  const Ran updated = update("before.json");
  ASSERT_EQ(updated.code, 0) << updated.text;
  ASSERT_FALSE(baselines().empty());
  const Ran checked = check("after.json", {"--same-session", "--metric", "instructions"});
  EXPECT_EQ(checked.code, 0) << checked.text;
  EXPECT_NE(checked.text.find("seed "), std::string::npos);
}

TEST_F(Check, says_the_verdict_first_and_as_much_more_as_is_wanted) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  const auto said = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--same-session", "--metric", "instructions"});
    return check("after.json", more).text;
  };
  const std::string usual = said({}), quiet = said({"--quiet"}), full = said({"--full"});
  const auto has = [](const std::string &text, const char *what) {
    return text.find(what) != std::string::npos;
  };
  for (const std::string &text : {usual, quiet, full}) {
    EXPECT_TRUE(text.starts_with("Boot is slower: ")) << text;
    EXPECT_TRUE(has(text, "\nmore: `bootperf show ")) << text;
  }
  EXPECT_TRUE(has(usual, "\nlongest phases ")) << usual;
  EXPECT_FALSE(has(usual, " nested ")) << usual;
  EXPECT_FALSE(has(quiet, "baseline, now")) << quiet;
  EXPECT_FALSE(has(quiet, "longest phases")) << quiet;
  EXPECT_LT(full.find("baseline, now"), full.find(" nested ")) << full;
  EXPECT_EQ(check("after.json", {"--quiet", "--full"}).code, 2);
}

TEST_F(Check, says_quietly_why_nothing_was_measured) {
  ASSERT_EQ(import("s.json").code, 0);
  const std::string quiet = check("s.json", {"--same-session", "--quiet"}).text;
  EXPECT_TRUE(quiet.starts_with("Not measured, so nothing is claimed.\n")) << quiet;
  EXPECT_NE(quiet.find("bootperf baseline update " + file("s.json")), std::string::npos) << quiet;
  ASSERT_EQ(update("s.json").code, 0);
  ASSERT_EQ(import("after.json").code, 0);
  const std::string advisory = check("after.json", {"--metric", "wall", "--quiet"}).text;
  EXPECT_TRUE(advisory.starts_with("advisory only: ")) << advisory;
}

TEST_F(Check, tells_why_launches_failed_though_no_timeline_was_asked_for) {
  ASSERT_EQ(
      bootperf({"import", "-o", file("s.json"), recording("traced-1"), recording("kernel-panic")})
          .code,
      0);
  const std::string said = check("s.json", {"--same-session"}).text;
  EXPECT_NE(said.find("panic"), std::string::npos) << said;
}

TEST_F(Check, finds_a_slower_init_and_names_it) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  for (const char *metric : {"wall", "instructions"}) {
    const Ran checked = check("after.json", {"--same-session", "--metric", metric});
    EXPECT_EQ(checked.code, 1) << checked.text;
    EXPECT_NE(checked.text.find("regressed: /init"), std::string::npos) << checked.text;
  }
}

TEST_F(Check, gives_json_and_markdown) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  const Ran as_json = check("after.json", {"--same-session", "--format", "json"});
  EXPECT_EQ(as_json.code, 1);
  EXPECT_EQ(json::parse(as_json.text)["exit"], 1);
  write("summary.md", "earlier step\n");
  const Ran as_markdown = check(
      "after.json", {"--same-session", "--format", "markdown", "--summary", file("summary.md")});
  EXPECT_EQ(as_markdown.code, 1);
  EXPECT_NE(as_markdown.text.find("| verdict |"), std::string::npos);
  EXPECT_EQ(read(file("summary.md")), "earlier step\n" + as_markdown.text);
}

TEST_F(Check, names_in_markdown_a_command_that_comes_to_the_same_verdict) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  const std::string first =
      check("after.json", {"--same-session", "--metric", "wall", "--format", "markdown"}).text;
  const std::string before_it = "The same again:\n\n```sh\n";
  const auto begin = first.find(before_it);
  ASSERT_NE(begin, std::string::npos) << first;
  const auto command = begin + before_it.size();
  const Ran again =
      ran({"/bin/sh", "-c",
           "PATH=" BOOTPERF_BIN_DIR ":$PATH; " +
               first.substr(command, first.find('\n', command) - command) + " --format markdown"});
  EXPECT_EQ(again.code, 1);
  EXPECT_EQ(again.text, first);
}

TEST_F(Check, of_wall_time_against_another_session_is_advisory) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  const Ran checked = check("after.json", {"--metric", "wall"});
  EXPECT_NE(checked.code, 1) << checked.text;
  EXPECT_NE(checked.text.find("advisory"), std::string::npos) << checked.text;
}

TEST_F(Check, names_the_place_in_a_bad_policy) {
  ASSERT_EQ(import("s.json").code, 0);
  for (const char *bad : {"alpha: 0.01\nfoo: 1\n", "alpha: yes\n",
                          "gates:\n  wall:\n    - {phase: launch, tolerance: -5 %}\n"}) {
    write("t/policy.yaml", bad);
    const Ran checked = check("s.json");
    EXPECT_EQ(checked.code, 2) << checked.text;
    EXPECT_NE(checked.text.find("policy.yaml:"), std::string::npos) << checked.text;
  }
}

TEST_F(Check, refuses_what_is_no_session) {
  for (const char *content :
       {"", "nonsense", "{\"session\": 1}", "{\"session\": 1, \"launches\": 3}"}) {
    write("s.json", content);
    const Ran checked = check("s.json");
    EXPECT_EQ(checked.code, 2) << checked.text;
    EXPECT_NE(checked.text.find("s.json"), std::string::npos) << checked.text;
  }
}

TEST_F(Check, without_thresholds_says_what_is_missing) {
  ASSERT_EQ(import("s.json", 1).code, 0);
  const Ran checked = bootperf({"check", file("s.json"), "--thresholds", file("nowhere")});
  EXPECT_EQ(checked.code, 2);
  EXPECT_NE(checked.text.find("nowhere/policy.yaml"), std::string::npos) << checked.text;
}

class BaselineVerb : public Check {};

TEST_F(BaselineVerb, appends_sessions_and_refuses_the_same_one_twice) {
  ASSERT_EQ(import("a.json", 1).code, 0);
  ASSERT_EQ(import("b.json", 1).code, 0);
  ASSERT_EQ(update("a.json").code, 0);
  const std::string before = read(baselines().front());
  const Ran again = update("a.json");
  EXPECT_EQ(again.code, 2) << again.text;
  EXPECT_EQ(read(baselines().front()), before);
  const Ran appended = update("b.json");
  EXPECT_EQ(appended.code, 0) << appended.text;
  EXPECT_NE(appended.text.find("6 launches of 2 sessions"), std::string::npos) << appended.text;
}

TEST_F(BaselineVerb, takes_an_improvement_only_with_a_reason) {
  ASSERT_EQ(import("fast.json").code, 0);
  slow_down("fast.json", "slow.json", 1.5);
  ASSERT_EQ(update("slow.json").code, 0);
  const Ran refused = update("fast.json");
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_NE(refused.text.find("has improved against this baseline"), std::string::npos)
      << refused.text;
}

TEST_F(BaselineVerb, starts_anew_only_from_enough_launches_to_pass_by) {
  ASSERT_EQ(import("before.json").code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  const std::string before = read(baselines().front());
  ASSERT_EQ(import("two.json", 1).code, 0);
  const Ran refused = update("two.json", {"--accept", "more probes", "--metric", "instructions"});
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_NE(refused.text.find("bootperf run --add "), std::string::npos) << refused.text;
  EXPECT_EQ(read(baselines().front()), before);
}

TEST_F(BaselineVerb, takes_no_launch_twice) {
  ASSERT_EQ(import("a.json").code, 0);
  auto copy = read_session(file("a.json"));
  ASSERT_TRUE(copy.has_value());
  copy->id += "-copy";
  ASSERT_TRUE(write_session(file("b.json"), *copy).has_value());
  const Ran together =
      bootperf({"baseline", "update", file("a.json"), file("b.json"), "--thresholds", file("t")});
  EXPECT_EQ(together.code, 2) << together.text;
  EXPECT_NE(together.text.find("one and the same launch"), std::string::npos) << together.text;
  ASSERT_EQ(update("a.json").code, 0);
  const Ran later = update("b.json");
  EXPECT_EQ(later.code, 2) << later.text;
  EXPECT_NE(later.text.find("holds a launch of this session already"), std::string::npos)
      << later.text;
}

TEST_F(BaselineVerb, takes_a_regression_only_with_a_reason) {
  ASSERT_EQ(import("before.json", 7).code, 0);
  ASSERT_EQ(update("before.json").code, 0);
  slow_down("before.json", "after.json", 1.5);
  std::vector<std::string> before;
  for (const std::string &path : baselines())
    before.push_back(read(path));
  const Ran refused = update("after.json");
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_NE(refused.text.find("--accept"), std::string::npos) << refused.text;
  for (std::size_t i = 0; i < before.size(); ++i)
    EXPECT_EQ(read(baselines()[i]), before[i]);

  const Ran accepted = update("after.json", {"--accept", "probes \033more"});
  EXPECT_EQ(accepted.code, 0) << accepted.text;
  EXPECT_EQ(check("after.json", {"--same-session", "--metric", "instructions"}).code, 0);
  const Ran shown = bootperf({"baseline", "show", "--thresholds", file("t")});
  EXPECT_NE(shown.text.find("probes \\x1bmore"), std::string::npos) << shown.text;
}

TEST_F(BaselineVerb, shows_and_lists) {
  const Ran none = bootperf({"baseline", "list", "--thresholds", file("t")});
  EXPECT_EQ(none.code, 0);
  EXPECT_NE(none.text.find("no baseline"), std::string::npos);
  ASSERT_EQ(import("a.json", 1).code, 0);
  ASSERT_EQ(update("a.json").code, 0);
  const Ran listed = bootperf({"baseline", "list", "--thresholds", file("t")});
  EXPECT_EQ(listed.code, 0);
  EXPECT_NE(listed.text.find("Launch/traced, 3 launches of 1 session,"), std::string::npos)
      << listed.text;
  const std::string name = std::filesystem::path(baselines().front()).filename().string();
  const Ran shown = bootperf({"baseline", "show", name, "--thresholds", file("t")});
  EXPECT_EQ(shown.code, 0);
  EXPECT_NE(shown.text.find("/init"), std::string::npos);
  const Ran unknown = bootperf({"baseline", "show", "z" + name, "--thresholds", file("t")});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.text.find("did you mean " + name), std::string::npos) << unknown.text;
}

TEST_F(BaselineVerb, of_failed_launches_only_is_not_measured) {
  ASSERT_EQ(bootperf({"import", recording("kernel-panic"), "-o", file("s.json")}).code, 0);
  const Ran updated = update("s.json");
  EXPECT_EQ(updated.code, 4) << updated.text;
  EXPECT_TRUE(baselines().empty());
}

TEST_F(BaselineVerb, overwrites_nothing_when_a_baseline_is_damaged) {
  ASSERT_EQ(import("a.json", 1).code, 0);
  ASSERT_EQ(update("a.json").code, 0);
  write("t/" + std::filesystem::path(baselines().front()).filename().string(), "class: 3\n");
  ASSERT_EQ(import("b.json", 1).code, 0);
  const Ran updated = update("b.json");
  EXPECT_EQ(updated.code, 2) << updated.text;
  EXPECT_EQ(read(baselines().front()), "class: 3\n");
}

} // namespace
} // namespace bootperf
