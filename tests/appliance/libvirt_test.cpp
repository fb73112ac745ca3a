// Launches the real appliance by libguestfs' libvirt backend; ci/with-libvirt runs this program.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"
#include "base/process_table.h"
#include "capture/launcher/worker_launcher.h"
#include "capture/log/fate.h"
#include "phases/rules.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

class LibvirtLaunch : public testing::Test {
protected:
  void SetUp() override {
    const char *backend = std::getenv("LIBGUESTFS_BACKEND");
    ASSERT_TRUE(backend != nullptr && std::string_view(backend).starts_with("libvirt:"))
        << "run it by ci/with-libvirt";
    backend_ = backend;
    fs::create_directories(directory_ / "tmp");
  }
  void TearDown() override { fs::remove_all(directory_); }

  LaunchRequest request() const {
    LaunchRequest wanted;
    wanted.mode = Mode::traced;
    wanted.accelerator = Accelerator::tcg;
    wanted.log = directory_ / "boot.jsonl";
    wanted.deadline = std::chrono::minutes(5);
    wanted.environment = {{"LIBGUESTFS_TMPDIR", directory_ / "tmp"}, {"MARK_OF_TEST", mark_}};
    return wanted;
  }

  BootLog launched(const LaunchRequest &wanted) {
    auto log = launcher_.launch(wanted);
    EXPECT_TRUE(log) << to_text(log.error());
    return log.value_or(BootLog{});
  }

  bool left_nothing_behind() const {
    return processes_marked("MARK_OF_TEST=" + mark_).empty() && fs::is_empty(directory_ / "tmp");
  }

  std::string backend_;
  const std::string mark_ = std::to_string(::getpid());
  const fs::path directory_ = fs::temp_directory_path() / ("bootperf-libvirt-" + mark_);
  WorkerLauncher launcher_{BOOTPERF_BIN_DIR "/bootperf-launch"};
};

bool has_phase(const PhaseTree &tree, std::string_view name) {
  return std::ranges::any_of(tree.phases, [&](const Phase &phase) {
    return phase.name == name && phase.clock == TimeSource::host;
  });
}

TEST_F(LibvirtLaunch, comes_up_with_every_phase_of_it) {
  const BootLog log = launched(request());
  ASSERT_TRUE(log.ok()) << fate_of(log).reason;
  EXPECT_EQ(log.value("backend"), backend_);
  EXPECT_EQ(log.value("accel"), "tcg");
  const PhaseTree tree = load_rules("").value().split(log);
  for (const char *name :
       {"libvirt:connect", "libvirt:get-libvirt-capabilities", "libvirt:create-libvirt-xml",
        "libvirt:overhead", "seabios", "kernel", "/init", "guestfsd", "shutdown:stop-qemu"})
    EXPECT_TRUE(has_phase(tree, name)) << name;
  EXPECT_FALSE(has_phase(tree, "qemu:feature-detect")) << "that is of the direct backend";
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
  EXPECT_TRUE(left_nothing_behind());
}

TEST_F(LibvirtLaunch, that_libvirt_refuses_gives_libvirt_s_own_error) {
  const fs::path hypervisor = directory_ / "hypervisor";
  // A real qemu, since libvirt says something else where nobody ever listens on the monitor's
  // socket.
  ASSERT_TRUE(replace_file(hypervisor, "#!/bin/sh\n"
                                       "case \" $* \" in *' -kernel '*)\n"
                                       "set -- \"$@\" -device 'out of paper';; esac\n"
                                       "exec qemu-system-$(uname -m) \"$@\"\n"));
  fs::permissions(hypervisor, fs::perms::owner_all);
  LaunchRequest wanted = request();
  wanted.environment["LIBGUESTFS_HV"] = hypervisor;
  // libvirt reads what qemu printed once its monitor is gone, and now and then nothing is there
  // yet: of 90 launches beside busy loops, 1. That it was refused stands there in any case.
  constexpr int most_attempts = 5;
  std::string reason;
  for (int i = 0; i < most_attempts && reason.find("out of paper") == std::string::npos; ++i) {
    const BootLog log = launched(wanted);
    EXPECT_FALSE(log.ok());
    reason = fate_of(log).reason;
    EXPECT_TRUE(reason.starts_with("libvirt refused: ")) << reason;
  }
  EXPECT_NE(reason.find("out of paper"), std::string::npos) << reason;
}

TEST_F(LibvirtLaunch, without_a_daemon_says_what_did_not_answer) {
  LaunchRequest wanted = request();
  const std::string socket = directory_ / "no-socket";
  wanted.environment["LIBGUESTFS_BACKEND"] = "libvirt:qemu+unix:///system?socket=" + socket;
  const BootLog log = launched(wanted);
  EXPECT_FALSE(log.ok());
  const std::string reason = fate_of(log).reason;
  EXPECT_TRUE(reason.starts_with("libvirt refused: ")) << reason;
  EXPECT_NE(reason.find("Failed to connect socket to '" + socket), std::string::npos) << reason;
  EXPECT_TRUE(left_nothing_behind());
}

} // namespace
} // namespace bootperf
