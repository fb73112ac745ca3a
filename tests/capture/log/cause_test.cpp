#include <gtest/gtest.h>

#include "base/text.h"
#include "capture/log/advice.h"
#include "capture/log/cause.h"
#include "capture/log/fate.h"
#include "capture/log/text_log.h"

namespace bootperf {
namespace {

BootLog log_of_text(const std::string &text) {
  return parse_text_log("libguestfs: launch: program=libguestfs-test-tool\n" + text, "bug")
      .value()[0];
}

std::string reason_for(const std::string &text) {
  return fate_of(log_of_text(text)).reason;
}

constexpr const char *connection_closed =
    "libguestfs: error: appliance closed the connection unexpectedly, see earlier error messages\n"
    "libguestfs: child_cleanup: 0x5: child process died\n"
    "libguestfs: error: guestfs_launch failed, see earlier error messages\n";

TEST(Cause, is_the_first_and_not_the_last_consequence) {
  EXPECT_EQ(reason_for("supermin: waiting another 1024000000 ns for root UUID to appear\n"
                       "mount: /root: No such device or address\n"
                       "[    9.0] \n"
                       "[    9.000000] Kernel panic - not syncing: Attempted to kill init!\n" +
                       std::string(connection_closed)),
            "no root device: supermin: waiting another 1024000000 ns for root UUID to appear");
  EXPECT_EQ(
      reason_for("[    1.000000] Kernel panic - not syncing: VFS: Unable to mount root fs\n" +
                 std::string(connection_closed)),
      "kernel panic: [    1.000000] Kernel panic - not syncing: VFS: Unable to mount root fs");
}

TEST(Cause, is_no_wait_that_ended_well) {
  EXPECT_EQ(reason_for("supermin: waiting another 1024000000 ns for root UUID to appear\n"
                       "supermin: picked 8:16 as root device\n"
                       "guestfsd: error while loading shared libraries: libx.so: cannot open\n" +
                       std::string(connection_closed)),
            "guestfsd did not start: guestfsd: error while loading shared libraries: libx.so: "
            "cannot open");
}

TEST(Cause, is_libvirt_s_own_error_whole) {
  const std::string own = "Cannot access storage file '/x.qcow2' (as uid:107, gid:107): "
                          "Permission denied [code=38 int1=13]";
  EXPECT_EQ(reason_for("libguestfs: error: could not create appliance through libvirt.\n\n"
                       "Try running qemu directly without libvirt using this environment "
                       "variable:\nexport LIBGUESTFS_BACKEND=direct\n\n"
                       "Original error from libvirt: " +
                       own + "\n"),
            "libvirt refused: " + own);
  EXPECT_EQ(reason_for("libguestfs: error: could not create appliance through libvirt. Original "
                       "error from libvirt: " +
                       own + "\n"),
            "libvirt refused: " + own);
  EXPECT_EQ(reason_for("virt-x: error: libguestfs error: could not create appliance\nthrough "
                       "libvirt.\n\nOriginal error from libvirt: Cannot access storage file\n"
                       "'/x.qcow2' (as uid:107, gid:107): Permission denied\n[code=38 int1=13]\n"),
            "libvirt refused: " + own)
      << "folded";
  EXPECT_EQ(first_cause({}, "could not create appliance through libvirt.\n\nOriginal error from "
                            "libvirt: " +
                                own)
                ->reason(),
            "libvirt refused: " + own)
      << "as libguestfs returns it";
}

TEST(Cause, is_kvm_only_when_the_guest_did_not_run_without_it) {
  const std::string refused = "Could not access KVM kernel module: Permission denied\n"
                              "qemu-system-x86_64: failed to initialize kvm: Permission denied\n";
  EXPECT_EQ(reason_for(refused + connection_closed),
            "KVM does not work: Could not access KVM kernel module: Permission denied");
  const BootLog fell_back =
      log_of_text(refused +
                  "qemu-system-x86_64: falling back to tcg\n"
                  "[    0.000000] Linux version 6.1\n"
                  "[    1.000000] Kernel panic - not syncing: No working init found\n" +
                  connection_closed);
  const LaunchFate fate = fate_of(fell_back);
  EXPECT_EQ(fate.reason.substr(0, 14), "kernel panic: ") << fate.reason;
  ASSERT_EQ(fate.notes.size(), 1U);
  EXPECT_NE(fate.notes[0].find("KVM was refused"), std::string::npos);
}

TEST(Cause, is_found_in_every_part_of_a_launch) {
  const std::vector<std::pair<std::string, std::string_view>> cases = {
      {"libguestfs: error: cannot find any suitable libguestfs supermin, fixed or old-style "
       "appliance on LIBGUESTFS_PATH (search path: /x)\n",
       failure::appliance},
      {"cp: cannot open '/boot/vmlinuz-6.8' for reading: Permission denied\n"
       "supermin: cp -p '/boot/vmlinuz-6.8' '/x': command failed, see earlier errors\n"
       "libguestfs: error: /usr/bin/supermin exited with error status 1.\n",
       failure::appliance},
      {"mke2fs: No space left on device while writing\n", failure::space},
      {"qemu-kvm: -drive file=/x: Could not open '/x': Permission denied\n", failure::qemu_died},
      {"qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory\n",
       failure::qemu_died},
      {"No interfaces with a usable IPv6 route\nlibguestfs: error: passt exited with status 1\n",
       failure::passt},
      {"[    0.5] \n[    0.500000] Out of memory: Killed process 1 (init)\n", failure::memory},
      {"insmod: init_module: virtio_blk.ko: Invalid module format\n"
       "supermin: waiting another 1024000000 ns for root UUID to appear\n",
       failure::modules},
      {"supermin: root UUID is longer than 16 bytes\n"
       "[    2.000000] Kernel panic - not syncing: Attempted to kill init!\n",
       failure::no_root},
      {"libguestfs: warning: supermin-helper -f checksum returned a long string\n",
       failure::appliance},
      {"supermin: chroot\nexecl: /init: Permission denied\n", failure::init},
      {"libguestfs: error: something that nobody has seen before\n", failure::launch},
  };
  for (const auto &[text, kind] : cases)
    EXPECT_EQ(reason_for(text).substr(0, kind.size()), kind) << text << reason_for(text);
}

TEST(Cause, is_none_of_what_a_launch_that_came_up_grumbles) {
  const BootLog log = log_of_text("qemu-system-x86_64: warning: no matter\n"
                                  "insmod: init_module: virtio_gpu.ko: No such device\n"
                                  "supermin: picked 8:0 as root device\n"
                                  "libguestfs: appliance is up\n"
                                  "libguestfs: error: mount: /dev/sda1: wrong fs type\n");
  EXPECT_TRUE(fate_of(log).ok) << fate_of(log).reason;
}

TEST(Hang, is_told_with_its_place_and_its_silence) {
  const std::string reason = reason_for("[    1.000000] first\n[    2.000000] second\n"
                                        "[  122.500000] INFO: task x blocked for more than 120 "
                                        "seconds.\nAlarm clock\n");
  EXPECT_EQ(reason.substr(0, 6), "hung: ") << reason;
  EXPECT_NE(reason.find("longest silence was 120.50 s by the guest's clock"), std::string::npos)
      << reason;
}

TEST(Hang, is_told_without_half_a_character) {
  for (std::size_t before = 190; before < 202; ++before) {
    const std::string reason =
        reason_for(std::string(before, 'x') + "\u00e9\u20ac\U0001f427 and more\n");
    EXPECT_EQ(printable(reason), reason) << before;
  }
}

TEST(Contradiction, is_told) {
  const auto log = read_boot_log(BOOTPERF_TEST_DATA "/logs/panic-marked-ok.jsonl").value();
  const LaunchFate fate = fate_of(log);
  EXPECT_FALSE(fate.ok);
  EXPECT_EQ(fate.reason.substr(0, 14), "contradiction:") << fate.reason;
  EXPECT_NE(fate.reason.find("Attempted to kill init! exitcode=0x00000100"), std::string::npos);
}

TEST(Advice, names_a_remedy_and_who_says_so) {
  const auto advice = advice_for(
      "libvirt refused: Cannot access '/x': Permission denied [code=38 int1=13]", "libvirt");
  ASSERT_TRUE(advice);
  EXPECT_NE(advice->text.find("LIBGUESTFS_BACKEND=direct"), std::string_view::npos);
  EXPECT_NE(advice->source.find("guestfs-faq(1)"), std::string_view::npos);
  EXPECT_FALSE(advice_for("interrupted", "direct"));
  const auto file = advice_for("qemu died: Could not open '/tmp/x.img': Permission denied", "");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text.find("another qemu"), std::string_view::npos) << "no other can open it";
}

} // namespace
} // namespace bootperf
