// A writer of a file is killed again and again: what it reported as written is there, and what is
// there is whole.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/files.h"
#include "bootperf_program.h"
#include "killed_writer.h"
#include "session/session.h"
#include "statistics/random.h"
#include "verdict/baseline/baseline.h"

namespace bootperf {
namespace {

constexpr int kills = 500;
constexpr int longest_life_us = 8000;

class KilledWriters : public InDirectory {
protected:
  /// Writes the n-th content; false when that failed.
  using Write = std::function<bool(const std::string &path, std::uint64_t n)>;
  /// Which content a file holds; none when it is none.
  using Read = std::function<std::optional<std::uint64_t>(const std::string &path)>;

  /// Writes contents from n on, and reports each once it is written.
  [[noreturn]] static void write_on(const std::string &path, const Write &write, std::uint64_t n,
                                    int report) {
    for (;; ++n)
      if (!write(path, n) || ::write(report, &n, sizeof n) != sizeof n)
        ::_exit(1);
  }

  static void expect_nothing_lost(const std::string &path, const Write &write, const Read &read) {
    ASSERT_TRUE(write(path, 0));
    std::uint64_t reported = 0;
    Random random(1);
    for (int kill = 0; kill < kills; ++kill) {
      testing::kill_a_writer(reported, static_cast<useconds_t>(random.below(longest_life_us)),
                             [&](int report) { write_on(path, write, reported + 1, report); });
      if (HasFatalFailure())
        return;
      const std::optional<std::uint64_t> there = read(path);
      ASSERT_TRUE(there) << "half a file after kill " << kill;
      ASSERT_GE(*there, reported);
      ASSERT_LE(*there, reported + 1);
      reported = *there;
    }
    EXPECT_GT(reported, 0U) << "no writer came to its end";
  }
};

TEST_F(KilledWriters, of_a_session_lose_nothing_and_leave_nothing_half) {
  expect_nothing_lost(
      file("session.json"),
      [](const std::string &path, std::uint64_t n) {
        Session session;
        session.id = "s";
        session.seed = n;
        session.warnings.assign(200, "a line that makes it long enough to be cut somewhere");
        return write_session(path, session).has_value();
      },
      [](const std::string &path) -> std::optional<std::uint64_t> {
        const Result<Session> session = read_session(path);
        return session ? std::optional(session->seed) : std::nullopt;
      });
}

TEST_F(KilledWriters, of_a_baseline_lose_nothing_and_leave_nothing_half) {
  Baseline baseline;
  baseline.machine_class.metric = Metric::wall;
  baseline.machine_class.keys = {{"scenario", "Launch/quiet"}, {"mode", "quiet"}};
  expect_nothing_lost(
      file("a.wall.yaml"),
      [&](const std::string &path, std::uint64_t n) {
        baseline.updated = "2026-11-27";
        baseline.sessions.clear();
        BaselineSession session;
        session.id = std::to_string(n);
        session.date = "2026-11-27";
        session.launches.push_back({{"run", 1.0}});
        baseline.sessions.push_back(session);
        return replace_file(path, to_yaml(baseline)).has_value();
      },
      [](const std::string &path) -> std::optional<std::uint64_t> {
        const Result<Baseline> read = read_file(path).and_then(
            [](const std::string &text) { return parse_baseline(text, ""); });
        return read && read->sessions.size() == 1 ? std::optional(std::stoull(read->sessions[0].id))
                                                  : std::nullopt;
      });
}

} // namespace
} // namespace bootperf
