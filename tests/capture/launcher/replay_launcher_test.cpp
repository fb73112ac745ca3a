#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "capture/launcher/replay_launcher.h"

namespace bootperf {
namespace {

const std::string data = BOOTPERF_TEST_DATA "/bootlogs/";

LaunchRequest request(Mode mode, std::filesystem::path log = {}) {
  LaunchRequest wanted;
  wanted.mode = mode;
  wanted.log = std::move(log);
  return wanted;
}

TEST(ReplayLauncher, serves_logs_in_turn_and_again) {
  ReplayLauncher replay({data + "traced-1.jsonl", data + "quiet.jsonl", data + "traced-2.jsonl"});
  const auto first = replay.launch(request(Mode::traced)).value();
  const auto second = replay.launch(request(Mode::traced)).value();
  const auto third = replay.launch(request(Mode::traced)).value();
  EXPECT_NE(first.events.back().t_ns, second.events.back().t_ns);
  EXPECT_EQ(first.events.back().t_ns, third.events.back().t_ns);
}

TEST(ReplayLauncher, serves_logs_of_the_mode_asked_for) {
  ReplayLauncher replay({data + "quiet.jsonl", data + "traced-1.jsonl"});
  EXPECT_EQ(replay.launch(request(Mode::traced))->value("mode"), "traced");
  EXPECT_EQ(replay.launch(request(Mode::quiet))->value("mode"), "quiet");
  EXPECT_TRUE(replay.launch(request(Mode::counted))->events.back().instructions);
  EXPECT_EQ(replay.launch(request(Mode::initcalls)).error().kind, ErrorKind::input);
}

TEST(ReplayLauncher, writes_the_log_like_a_launch) {
  const auto log = std::filesystem::path(testing::TempDir()) /
                   ("replay-" + std::to_string(::getpid()) + ".jsonl");
  ReplayLauncher replay({data + "quiet.jsonl"});
  EXPECT_EQ(replay.launch(request(Mode::quiet, log))->name, log);
  EXPECT_EQ(read_file(log).value(), read_file(data + "quiet.jsonl").value());
  std::filesystem::remove(log);
}

TEST(ReplayLauncher, reports_a_log_that_is_not_there) {
  ReplayLauncher replay({"/no/such.jsonl"});
  EXPECT_EQ(replay.launch(request(Mode::quiet)).error().kind, ErrorKind::io);
  ReplayLauncher none({});
  EXPECT_FALSE(none.launch(request(Mode::quiet)));
}

} // namespace
} // namespace bootperf
