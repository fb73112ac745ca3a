#include "guest/guest_launcher.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "capture/counter/temporary_directory.h"
#include "phases/rules.h"

namespace bootperf {
namespace {

/// What is launched when no guest is asked for.
class Appliances : public Launcher {
public:
  Result<BootLog> launch(const LaunchRequest &) override {
    ++launches;
    return BootLog{};
  }
  int launches = 0;
};

/// Guests that are shell scripts.
class GuestLaunch : public ::testing::Test {
protected:
  Result<BootLog> launched(const std::string &script,
                           std::chrono::milliseconds deadline = std::chrono::seconds(60)) {
    Guest guest{"Guest/script", "a script", {"sh", "-c", script}, "^up"};
    LaunchRequest request;
    request.mode = mode;
    request.guest = guest.name;
    request.log = directory.path() / "log.jsonl";
    request.deadline = deadline;
    GuestLauncher launcher(appliances, {guest}, directory.path(), {});
    return launcher.launch(request);
  }

  std::string failure(const std::string &script,
                      std::chrono::milliseconds deadline = std::chrono::seconds(60)) {
    const Result<BootLog> log = launched(script, deadline);
    if (!log)
      return to_text(log.error());
    EXPECT_FALSE(log->ok());
    return log->end ? log->end->reason : "no end line";
  }

  testing::TemporaryDirectory directory;
  Appliances appliances;
  Mode mode = Mode::traced;
};

TEST_F(GuestLaunch, is_a_boot_log_with_phases) {
  const Result<BootLog> log =
      launched("echo '[    0.000000] Linux version 6.1'; echo up; sleep 60");
  ASSERT_TRUE(log) << to_text(log.error());
  EXPECT_TRUE(log->ok()) << log->end->reason;
  EXPECT_EQ(log->value("mode"), "traced");
  EXPECT_EQ(log->value("guest"), "Guest/script");
  const PhaseTree tree = load_rules("")->split(*log);
  for (const char *phase :
       {"run", "run > launch", "run > launch > qemu", "run > launch > qemu > kernel"})
    EXPECT_TRUE(std::ranges::find(tree.phases, phase, &Phase::id) != tree.phases.end()) << phase;
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
}

TEST_F(GuestLaunch, may_have_the_appliances_mini_initrd) {
  const auto phases_of = [&](const std::string &script) {
    const Result<BootLog> log = launched(script);
    EXPECT_TRUE(log);
    return load_rules("")->split(log.value_or(BootLog{}));
  };
  const std::string kernel = "echo '[    0.000000] Linux version 6.1'; ", up = "echo up; sleep 60";
  const PhaseTree with =
      phases_of(kernel +
                "echo 'supermin: ext2 mini initrd starting up: 5.2.2'; "
                "echo 'supermin: internal insmod nd_pmem.ko'; "
                "echo 'supermin: picked /sys/block/pmem0/dev (259:0) as root device'; "
                "echo 'supermin: chroot'; " +
                up);
  EXPECT_TRUE(std::ranges::any_of(with.phases, [](const Phase &phase) {
    return phase.id == "run > launch > qemu > kernel > supermin:mini-initrd > insmod nd_pmem";
  }));
  EXPECT_TRUE(with.not_measured.empty());
  EXPECT_TRUE(phases_of(kernel + up).not_measured.empty()) << "nobody misses it";
}

TEST_F(GuestLaunch, whose_guest_ends_early_says_so) {
  EXPECT_EQ(failure("echo going down; exit 3"),
            "the guest ended before it printed a line that matches ^up");
}

TEST_F(GuestLaunch, whose_guest_closes_its_console_says_so) {
  EXPECT_EQ(failure("exec >&- 2>&-; sleep 60"),
            "the guest ended before it printed a line that matches ^up");
}

TEST_F(GuestLaunch, that_panics_names_the_panic) {
  EXPECT_NE(failure("echo '[    1.000000] Kernel panic - not syncing: no init'; exit 1")
                .find("Kernel panic - not syncing: no init"),
            std::string::npos);
}

TEST_F(GuestLaunch, that_hangs_ends_at_the_deadline) {
  EXPECT_NE(failure("echo so far; sleep 60", std::chrono::milliseconds(300)).find("deadline"),
            std::string::npos);
}

TEST_F(GuestLaunch, of_a_program_that_is_not_there_cannot_be_made) {
  Guest guest{"Guest/none", "none", {"no-such-program"}, "up"};
  LaunchRequest request;
  request.mode = mode;
  request.guest = guest.name;
  request.log = directory.path() / "log.jsonl";
  GuestLauncher launcher(appliances, {guest}, directory.path(), {});
  const Result<BootLog> log = launcher.launch(request);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().kind, ErrorKind::not_measured);
  EXPECT_FALSE(std::filesystem::exists(request.log)) << "a log would say that something hung";
}

TEST_F(GuestLaunch, is_counted_or_traced) {
  mode = Mode::quiet;
  EXPECT_NE(failure("echo up").find("counted or traced"), std::string::npos);
  mode = Mode::counted; // sh counts nothing
  EXPECT_NE(failure("echo up").find("sh cannot be counted"), std::string::npos);
}

TEST_F(GuestLaunch, leaves_appliances_to_the_launcher_behind_it) {
  GuestLauncher launcher(appliances, {}, directory.path(), {});
  EXPECT_TRUE(launcher.launch({}));
  EXPECT_EQ(appliances.launches, 1);
}

} // namespace
} // namespace bootperf
