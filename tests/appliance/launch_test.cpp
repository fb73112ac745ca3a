#include <algorithm>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process_table.h"
#include "capture/launcher/fallback_launcher.h"
#include "capture/launcher/worker_launcher.h"
#include "capture/log/console.h"

// Launches the real appliance, each mode once for all the tests that look at it.

namespace bootperf {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Appliance : public testing::Test {
protected:
  static void SetUpTestSuite() {
    directory_ = fs::path(testing::TempDir()) / ("appliance-" + std::to_string(::getpid()));
    fs::create_directories(directory_ / "tmp");
    launcher_ = std::make_unique<WorkerLauncher>(BOOTPERF_BIN_DIR "/bootperf-launch");
  }

  static void TearDownTestSuite() {
    logs_.clear();
    launcher_.reset();
    fs::remove_all(directory_);
  }

  static LaunchRequest request(Mode mode) {
    LaunchRequest wanted;
    wanted.mode = mode;
    wanted.accelerator = Accelerator::tcg;
    wanted.log = directory_ / "boot.jsonl";
    wanted.environment = {{"LIBGUESTFS_TMPDIR", directory_ / "tmp"}, {"MARK_OF_TEST", mark()}};
    return wanted;
  }

  static const BootLog &launched(Mode mode) {
    const auto found = logs_.find(mode);
    if (found != logs_.end()) {
      return found->second;
    }
    auto log = launcher_->launch(request(mode));
    EXPECT_TRUE(log) << to_text(log.error());
    return logs_[mode] = log.value_or(BootLog{});
  }

  // A program that stands in for qemu: answers what libguestfs asks qemu beforehand, and does its
  // own thing in place of the appliance.
  static fs::path hypervisor(const std::string &instead) {
    const auto path = directory_ / "hypervisor";
    const std::string text = "#!/bin/sh\n"
                             "qemu=qemu-system-$(uname -m)\n"
                             "case \" $* \" in *' -kernel '*) ;; *) exec $qemu \"$@\";; esac\n";
    EXPECT_TRUE(replace_file(path, text + instead));
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  static Result<BootLog> launch_with(const std::string &instead, milliseconds deadline) {
    auto wanted = request(Mode::traced);
    wanted.environment["LIBGUESTFS_HV"] = hypervisor(instead);
    wanted.deadline = deadline;
    return launcher_->launch(wanted);
  }

  static bool left_nothing_behind() {
    return processes_marked("MARK_OF_TEST=" + mark()).empty() && fs::is_empty(directory_ / "tmp");
  }

  static std::string mark() { return std::to_string(::getpid()); }

  static bool has(const BootLog &log, Source source) {
    return std::any_of(log.events.begin(), log.events.end(),
                       [&](const Event &event) { return event.source == source; });
  }

  static inline fs::path directory_;
  static inline std::unique_ptr<WorkerLauncher> launcher_;
  static inline std::map<Mode, BootLog> logs_;
};

bool contains(const std::string &text, const std::string &needle) {
  return text.find(needle) != std::string::npos;
}

TEST_F(Appliance, comes_up_in_each_mode) {
  for (const auto mode : {Mode::quiet, Mode::traced, Mode::initcalls}) {
    const auto &log = launched(mode);
    EXPECT_TRUE(log.ok()) << (log.end ? log.end->reason : "cut");
    EXPECT_FALSE(log.cut);
    EXPECT_TRUE(has(log, Source::launch_done));
    EXPECT_TRUE(has(log, Source::close));
    EXPECT_EQ(log.events.at(0).message, "launch");
    EXPECT_EQ(log.value("mode"), to_text(mode));
  }
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Appliance, is_described_alike_in_each_mode) {
  for (const auto mode : {Mode::quiet, Mode::traced, Mode::initcalls}) {
    const auto &log = launched(mode);
    for (const char *key :
         {"os", "arch", "backend", "libguestfs", "supermin", "kernel", "cpu_model", "memsize",
          "smp", "drives", "network", "started", "host", "accel", "qemu", "machine", "guest_cpu"}) {
      EXPECT_NE(log.value(key), "") << key;
    }
    EXPECT_EQ(log.value("accel"), "tcg");
    EXPECT_EQ(log.value("append"), "");
    EXPECT_EQ(log.value("kernel"), launched(Mode::traced).value("kernel"));
    EXPECT_EQ(log.value("machine"), launched(Mode::traced).value("machine"));
    EXPECT_EQ(log.value("qemu"), launched(Mode::traced).value("qemu"));
  }
}

TEST_F(Appliance, costs_time_and_memory_in_each_mode) {
  for (const auto mode : {Mode::quiet, Mode::traced, Mode::initcalls}) {
    const auto &end = launched(mode).end;
    ASSERT_TRUE(end);
    EXPECT_GT(end->host_cpu_ns.value_or(0), 100'000'000) << "qemu's time is in it";
    EXPECT_GT(end->peak_memory_bytes.value_or(0), 50'000'000);
    EXPECT_TRUE(end->appliance_rebuilt.has_value());
  }
  EXPECT_EQ(launched(Mode::initcalls).end->appliance_rebuilt, false) << "launched before";
}

TEST_F(Appliance, says_more_the_closer_it_is_watched) {
  const auto quiet = console_text(launched(Mode::quiet).events);
  const auto traced = console_text(launched(Mode::traced).events);
  const auto initcalls = console_text(launched(Mode::initcalls).events);
  EXPECT_FALSE(contains(quiet, "Linux version"));
  EXPECT_TRUE(contains(quiet, "mini initrd starting up"));
  EXPECT_TRUE(contains(traced, "Linux version"));
  EXPECT_FALSE(contains(traced, "initcall "));
  EXPECT_TRUE(contains(initcalls, "initcall "));
}

TEST_F(Appliance, that_hangs_ends_at_the_deadline) {
  const auto log = launch_with("sleep 1000 & sleep 1000\n", seconds(5));
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_EQ(log->end->reason, "hung: did not finish within 5 s (deadline)");
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Appliance, whose_qemu_dies_in_mid_boot_says_after_which_line) {
  // The hypervisor's output goes the way of the console: qemu is killed once the kernel speaks.
  const auto log = launch_with("mkfifo $0.console\n"
                               "$qemu \"$@\" >$0.console 2>&1 & qemu_pid=$!\n"
                               "while read -r line; do echo \"$line\"\n"
                               "case $line in *'Linux version'*) kill -9 $qemu_pid; exit 1;; esac\n"
                               "done <$0.console\n",
                               seconds(300));
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_FALSE(log->ok());
  EXPECT_TRUE(contains(log->end->reason, "qemu died: after the line: ")) << log->end->reason;
  EXPECT_TRUE(contains(log->end->reason, "Linux version")) << log->end->reason;
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Appliance, whose_kernel_panics_gives_the_panic) {
  auto wanted = request(Mode::traced);
  wanted.append = "rdinit=/nonexistent init=/nonexistent root=/dev/nonexistent";
  wanted.deadline = seconds(300);
  const auto log = launcher_->launch(wanted);
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_FALSE(log->ok());
  EXPECT_TRUE(contains(log->end->reason, "kernel panic: ")) << log->end->reason;
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(Appliance, falls_back_to_tcg_when_kvm_aborts_and_the_next_launch_works) {
  std::vector<std::string> warnings;
  FallbackLauncher fallback(*launcher_,
                            {seconds(60), [] { return true; },
                             [&](const std::string &text) { warnings.push_back(text); }});
  auto wanted = request(Mode::quiet);
  wanted.accelerator = Accelerator::automatic;
  wanted.environment["LIBGUESTFS_HV"] =
      hypervisor("case \"$*\" in *accel=kvm*)\n"
                 "echo 'qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69' >&2\n"
                 "exit 134;; esac\n"
                 "exec $qemu \"$@\"\n");
  const auto log = fallback.launch(wanted);
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_TRUE(log->ok()) << log->end->reason;
  EXPECT_EQ(log->value("accel"), "tcg");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_TRUE(contains(warnings[0], "failed to set MSR")) << warnings[0];

  wanted.accelerator = Accelerator::kvm;
  FallbackLauncher strict(*launcher_, {seconds(60), [] { return true; }, {}});
  const auto refused = strict.launch(wanted);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::not_measured);
  EXPECT_TRUE(left_nothing_behind());
}

} // namespace
} // namespace bootperf
