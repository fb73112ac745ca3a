#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "bootperf_program.h"
#include "session/session.h"

namespace bootperf {
namespace {

/// Nights made of recorded launches; those from `slow` on have a slower launch.
class TrendVerb : public InDirectory {
protected:
  TrendVerb() {
    std::filesystem::create_directory(file("t"));
    write("t/policy.yaml", "gates:\n  wall:\n    - {phase: launch, tolerance: 5 %}\n");
    const Ran imported = bootperf({"import", "-o", file("recorded.json"), recording("traced-1"),
                                   recording("traced-2"), recording("traced-3")});
    EXPECT_EQ(imported.code, 0) << imported.text;
  }

  std::string night(int number, double factor) const {
    auto session = read_session(file("recorded.json"));
    session->id = "night-" + std::to_string(number);
    session->created = fmt::format("2024-05-{:02}T01:00:00Z", number);
    session->commit = std::string(40, static_cast<char>('a' + number % 6));
    for (Launch &launch : session->launches)
      for (Phase &phase : launch.phases.phases)
        if (phase.id == "run" || phase.id == "run > launch")
          phase.wall_ns = static_cast<std::int64_t>(static_cast<double>(phase.wall_ns) * factor);
    const std::string path = file(session->id + ".json");
    EXPECT_TRUE(write_session(path, *session).has_value());
    return path;
  }

  /// Nights in which /init itself takes so much longer, and lvm-probe in it.
  Ran add_slower_nights(int first, int last, std::int64_t init_ns, std::int64_t lvm_ns) const {
    std::vector<std::string> files;
    for (int number = first; number <= last; ++number) {
      files.push_back(night(number, 1));
      auto session = read_session(files.back());
      for (Launch &launch : session->launches)
        add_to(launch, {{"> /init", init_ns}, {"> /init:lvm-probe", lvm_ns}});
      EXPECT_TRUE(write_session(files.back(), *session).has_value());
    }
    return with_policy("add", files);
  }

  /// To the phases whose ids end like that, and to all around them.
  static void add_to(Launch &launch, const std::map<std::string, std::int64_t> &by_end) {
    for (const auto &[end, ns] : by_end) {
      const auto found = std::ranges::find_if(
          launch.phases.phases, [&](const Phase &phase) { return phase.id.ends_with(end); });
      ASSERT_NE(found, launch.phases.phases.end()) << end;
      const std::string id = found->id;
      for (Phase &phase : launch.phases.phases)
        if (id == phase.id || id.starts_with(phase.id + " > "))
          phase.wall_ns += ns;
    }
  }

  Ran trend(const std::string &verb, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"trend", verb, "--store", file("trend.db")});
    return bootperf(more);
  }

  Ran with_policy(const std::string &verb, std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--thresholds", file("t")});
    return trend(verb, more);
  }

  Ran add_nights(int first, int last, double factor) const {
    std::vector<std::string> files;
    for (int number = first; number <= last; ++number)
      files.push_back(night(number, factor));
    return with_policy("add", files);
  }
};

TEST_F(TrendVerb, adds_a_session_once) {
  const Ran added = add_nights(10, 10, 1);
  EXPECT_EQ(added.code, 0) << added.text;
  EXPECT_EQ(added.text, "added night-10\n");
  EXPECT_EQ(add_nights(10, 10, 1).text, "already there: night-10\n");
  const Ran listed = trend("list");
  EXPECT_EQ(listed.code, 0);
  EXPECT_NE(listed.text.find("1 session"), std::string::npos) << listed.text;
}

TEST_F(TrendVerb, with_few_nights_is_not_measured) {
  ASSERT_EQ(add_nights(10, 12, 1).code, 0);
  const Ran checked = with_policy("check");
  EXPECT_EQ(checked.code, 4) << checked.text;
  EXPECT_NE(checked.text.find("3 of the 14 nights"), std::string::npos) << checked.text;
}

TEST_F(TrendVerb, fails_on_a_step_until_it_is_accepted) {
  ASSERT_EQ(add_nights(10, 25, 1).code, 0);
  EXPECT_EQ(with_policy("check").code, 0);
  ASSERT_EQ(add_nights(26, 29, 1.2).code, 0);
  const Ran failed = with_policy("check");
  EXPECT_EQ(failed.code, 1) << failed.text;
  EXPECT_NE(failed.text.find("+20.0 %"), std::string::npos) << failed.text;
  EXPECT_NE(failed.text.find("bbbbbbbbbbbb..cccccccccccc"), std::string::npos) << failed.text;

  EXPECT_EQ(with_policy("check", {"--accept", "x", "--phase", "seabios"}).code, 2);
  const Ran accepted =
      with_policy("check", {"--accept", "a new \033kernel", "--by", "R. \033Jones"});
  EXPECT_EQ(accepted.code, 0) << accepted.text;
  EXPECT_EQ(with_policy("check").code, 0);
  const Ran all = with_policy("check", {"--all"});
  EXPECT_NE(all.text.find("by R. \\x1bJones: a new \\x1bkernel"), std::string::npos) << all.text;
  const Ran again = with_policy("check", {"--accept", "x"});
  EXPECT_EQ(again.code, 2);
  EXPECT_NE(again.text.find("no open step"), std::string::npos) << again.text;
}

TEST_F(TrendVerb, fails_on_a_step_of_weeks_ago_and_says_since_when_and_how_to_accept_it) {
  ASSERT_EQ(add_nights(1, 14, 1).code, 0);
  ASSERT_EQ(add_nights(15, 31, 1.2).code, 0);
  const Ran failed = with_policy("check");
  EXPECT_EQ(failed.code, 1) << failed.text;
  EXPECT_NE(failed.text.find("since the night of 2024-05-15"), std::string::npos) << failed.text;
  EXPECT_NE(failed.text.find("bootperf trend check --accept 'the reason'"), std::string::npos)
      << failed.text;
}

// The second cause shows in /init, too, by which the first one is named.
TEST_F(TrendVerb, accepts_the_cause_that_a_phase_names_and_no_other) {
  constexpr std::int64_t second = 1'000'000'000;
  ASSERT_EQ(add_slower_nights(1, 14, 0, 0).code, 0);
  ASSERT_EQ(add_slower_nights(15, 22, 2 * second, 0).code, 0);
  ASSERT_EQ(add_slower_nights(23, 31, 2 * second, 2 * second).code, 0);
  const Ran failed = with_policy("check");
  EXPECT_EQ(failed.code, 1) << failed.text;
  EXPECT_NE(failed.text.find("2 open steps"), std::string::npos) << failed.text;
  const Ran accepted = with_policy("check", {"--accept", "meant", "--phase", "/init"});
  EXPECT_EQ(accepted.code, 1) << accepted.text;
  EXPECT_NE(accepted.text.find("1 open step"), std::string::npos) << accepted.text;
  EXPECT_NE(accepted.text.find("open      /init > lvm-probe"), std::string::npos) << accepted.text;
}

TEST_F(TrendVerb, takes_only_an_address_of_the_web_for_the_repository) {
  ASSERT_EQ(add_nights(10, 10, 1).code, 0);
  for (const char *address : {"javascript:alert(1)", "https://a b", "github.com/o/n"}) {
    const Ran refused = with_policy("report", {"-o", file("public"), "--repository", address});
    EXPECT_EQ(refused.code, 2) << address;
    EXPECT_NE(refused.text.find("https://github.com/OWNER/NAME"), std::string::npos)
        << refused.text;
  }
  EXPECT_EQ(
      with_policy("report", {"-o", file("public"), "--repository", "https://example.org/a/b"}).code,
      0);
}

TEST_F(TrendVerb, writes_a_page_and_exports) {
  ASSERT_EQ(add_nights(10, 25, 1).code, 0);
  const Ran page = with_policy("report", {"-o", file("public")});
  EXPECT_EQ(page.code, 0) << page.text;
  EXPECT_NE(read(file("public/index.html")).find("night-25"), std::string::npos);
  const Ran csv = trend("export", {"--format", "csv", "--phase", "launch", "--metric", "wall"});
  EXPECT_EQ(csv.code, 0) << csv.text;
  EXPECT_NE(csv.text.find("run > launch,2024-05-25T01:00:00Z,night-25"), std::string::npos);
  const Ran metrics = trend("export", {"--format", "openmetrics", "-o", file("m.txt")});
  EXPECT_EQ(metrics.code, 0) << metrics.text;
  EXPECT_TRUE(read(file("m.txt")).ends_with("# EOF\n"));
}

TEST_F(TrendVerb, tells_what_is_wrong) {
  const Ran nowhere = trend("list");
  EXPECT_EQ(nowhere.code, 2);
  EXPECT_NE(nowhere.text.find("bootperf trend add"), std::string::npos) << nowhere.text;
  EXPECT_EQ(with_policy("add", {write("bad.json", "{}")}).code, 2);
  ASSERT_EQ(add_nights(10, 10, 1).code, 0);
  EXPECT_EQ(trend("export", {"--format", "csv", "--phase", "nothing"}).code, 2);
  write("other.db", std::string(4096, 'x'));
  const Ran other = bootperf({"trend", "list", "--store", file("other.db")});
  EXPECT_EQ(other.code, 2);
  EXPECT_NE(other.text.find("expected a SQLite database"), std::string::npos) << other.text;
}

} // namespace
} // namespace bootperf
