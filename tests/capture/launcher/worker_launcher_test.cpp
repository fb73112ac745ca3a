#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"
#include "base/process_table.h"
#include "capture/launcher/worker_launcher.h"
#include "capture/log/console.h"

// The worker is a shell script here: what a launch can do to its parent, without an appliance.

namespace bootperf {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Worker : public testing::Test {
protected:
  Worker() : directory_(fs::path(testing::TempDir()) / ("worker-" + std::to_string(::getpid()))) {
    fs::create_directories(directory_ / "tmp");
    request_.log = directory_ / "boot.jsonl";
    request_.deadline = seconds(30);
    request_.environment = {{"TMPDIR", directory_ / "tmp"}, {"MARK_OF_TEST", mark_}};
  }
  ~Worker() override { fs::remove_all(directory_); }

  // A script that has its log in $log and its facts in $facts.
  fs::path script(const std::string &body) {
    const auto path = directory_ / "worker.sh";
    const std::string text = "#!/bin/sh\n"
                             "for a; do case $a in --log=*) log=${a#--log=};; "
                             "--facts=*) facts=${a#--facts=};; esac; done\n"
                             "echo '{\"bootlog\": 1, \"mode\": \"quiet\"}' >$log\n"
                             "event() { echo \"{\\\"t\\\": 1, \\\"src\\\": \\\"$1\\\", "
                             "\\\"msg\\\": \\\"$2\\\"}\" >>$log; }\n";
    EXPECT_TRUE(replace_file(path, text + body));
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  Result<BootLog> launch(const std::string &body) {
    WorkerLauncher launcher(script(body));
    return launcher.launch(request_);
  }

  bool left_nothing_behind() const {
    return processes_marked("MARK_OF_TEST=" + mark_).empty() && fs::is_empty(directory_ / "tmp");
  }

  std::string mark_ = std::to_string(::getpid());
  fs::path directory_;
  LaunchRequest request_;
};

TEST_F(Worker, that_launches_gives_a_whole_log) {
  const auto log = launch("event enter launch\nevent launch_done\nexit 0\n");
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_TRUE(log->ok());
  EXPECT_FALSE(log->cut);
  EXPECT_EQ(log->events.size(), 2U);
  EXPECT_GT(log->end->host_cpu_ns.value_or(0), 0);
  EXPECT_EQ(log->end->appliance_rebuilt, false);
  EXPECT_TRUE(read_boot_log(request_.log)->ok()) << "as it is on disk";
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, that_hangs_is_ended_at_the_deadline_with_all_it_started) {
  request_.deadline = milliseconds(300);
  // One child stays in the group, one leaves it, and one leaves group and parent.
  const auto log = launch("event appliance last-line\nsleep 100 &\nsetsid sleep 100 &\n"
                          "setsid sh -c 'setsid sleep 100 & exit 0'\nprintf '{\"t\": 2' >>$log\n"
                          "wait\n");
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_FALSE(log->ok());
  EXPECT_EQ(log->end->reason, "hung: did not finish within 0.3 s (deadline)");
  EXPECT_EQ(log->events.size(), 1U) << "the half line is gone";
  EXPECT_EQ(last_lines(console_text(log->events), 1).at(0), "last-line");
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, that_is_killed_leaves_what_it_had_written) {
  const auto log = launch("event appliance x\nkill -9 $$\n");
  ASSERT_TRUE(log);
  EXPECT_EQ(log->end->reason, "the launch worker was killed by signal 9 (Killed)");
  EXPECT_EQ(log->events.size(), 1U);
}

TEST_F(Worker, that_dies_before_its_first_line_still_gives_a_log) {
  const auto log = launch("rm $log; kill -11 $$\n");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->ok());
  EXPECT_EQ(log->value("mode"), "quiet");
}

TEST_F(Worker, that_cannot_launch_is_an_error) {
  const auto refused = launch("echo 'bootperf-launch: wrong backend' >&2; exit 2\n");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("wrong backend"), std::string::npos);
  EXPECT_EQ(launch("exit 127\n").error().kind, ErrorKind::not_measured);
  WorkerLauncher launcher("/no/such/worker");
  EXPECT_EQ(launcher.launch(request_).error().kind, ErrorKind::io);
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, is_not_started_for_a_counted_launch_of_two_cpus) {
  request_.mode = Mode::counted;
  request_.smp = 2;
  const auto refused = launch("exit 0\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::not_measured);
  EXPECT_NE(refused.error().message.find("a counted launch has one virtual CPU"), std::string::npos)
      << refused.error().message;
}

TEST_F(Worker, gets_the_cpu_time_of_its_orphans_counted) {
  const auto log = launch("(setsid sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; "
                          "touch $0.done; sleep 100' $log &)\n"
                          "while [ ! -e $log.done ]; do sleep 0.01; done\nexit 0\n");
  ASSERT_TRUE(log);
  EXPECT_GT(log->end->host_cpu_ns.value_or(0), 10'000'000);
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, has_its_socket_directory_swept_but_nothing_else) {
  const auto sockets = directory_ / "libguestfsAbCdEf";
  const auto other = directory_ / "home";
  fs::create_directories(sockets);
  fs::create_directories(other);
  const std::string tell = "echo '{\"socket_directory\": \"%\"}' >>$facts\nexit 1\n";
  const auto with = [&](const fs::path &path) {
    return std::string(tell).replace(tell.find('%'), 1, path.string());
  };
  ASSERT_TRUE(launch(with(sockets)));
  EXPECT_FALSE(fs::exists(sockets));
  ASSERT_TRUE(launch(with(other)));
  EXPECT_TRUE(fs::exists(other));
}

TEST_F(Worker, is_ended_when_the_user_asks_to_stop) {
  WorkerLauncher launcher(
      script("event appliance x\nkill -INT " + std::to_string(::getpid()) + "\nsleep 100\n"));
  const auto log = launcher.launch(request_);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().kind, ErrorKind::interrupted);
  EXPECT_EQ(launcher.launch(request_).error().kind, ErrorKind::interrupted) << "and stays stopped";
  EXPECT_FALSE(read_boot_log(request_.log)->cut) << "what was made of it is on disk";
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, has_qemus_arguments_edited_by_the_wrapper_in_front_of_the_users_hypervisor) {
  const std::string tell = "event library \"$BOOTPERF_EDITS $BOOTPERF_HV "
                           "$(basename \"$LIBGUESTFS_HV\")\"\nexit 0\n";
  request_.environment["LIBGUESTFS_HV"] = "/bin/true";
  request_.edits = "/scratch/edits.json";
  const auto edited = launch(tell);
  ASSERT_TRUE(edited) << to_text(edited.error());
  EXPECT_EQ(edited->events.at(0).message, "/scratch/edits.json /bin/true bootperf-hv");
  request_.edits.clear();
  const auto as_it_is = launch(tell);
  ASSERT_TRUE(as_it_is);
  EXPECT_EQ(as_it_is->events.at(0).message, "  true") << "there is nothing in front of it";
}

TEST_F(Worker, launches_can_run_side_by_side) {
  WorkerLauncher launcher(script("event launch_done\nexit 0\n"));
  std::vector<std::thread> threads;
  std::vector<int> ok(4, 0);
  for (std::size_t i = 0; i < ok.size(); ++i) {
    threads.emplace_back([&, i] {
      auto request = request_;
      request.log = directory_ / std::to_string(i);
      const auto log = launcher.launch(request);
      ok[i] = log && log->ok() ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(std::count(ok.begin(), ok.end(), 1), 4);
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Worker, program_refuses_wrong_arguments) {
  const std::string program = BOOTPERF_BIN_DIR "/bootperf-launch";
  EXPECT_EQ(run_command({program, "--mode", "loud", "--log", "/dev/null"})->status, 2);
  EXPECT_EQ(run_command({program})->status, 2);
  EXPECT_EQ(run_command({program, "--log", "/no/such/directory/log"})->status, 2);
  EXPECT_EQ(run_command({program, "--help"})->status, 0);
  EXPECT_EQ(run_command({program, "--backend", "nonsense", "--log", directory_ / "x"})->status, 2);
}

TEST_F(Worker, program_stops_when_its_log_cannot_be_written) {
  request_.log = "/dev/full";
  WorkerLauncher launcher(BOOTPERF_BIN_DIR "/bootperf-launch");
  const auto log = launcher.launch(request_);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().kind, ErrorKind::io);
  EXPECT_TRUE(left_nothing_behind());
}

} // namespace
} // namespace bootperf
