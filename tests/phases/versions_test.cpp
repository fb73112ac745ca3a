// Launches that nobody recorded here: other versions, architectures and firmware, as the messages
// are known to differ.
#include "phases/launches.h"

namespace bootperf::test {
namespace {

/// The recording with every line of its console changed; a line is an event then.
template <class Change>
BootLog rewritten(const std::string &name, Change change) {
  BootLog log = recording(name);
  std::vector<Event> events;
  for (const Line &line : assemble_lines(log.events)) {
    std::string text = line.text;
    if (line.source != Source::appliance) {
      events.push_back({line.t_ns, line.source, text, line.instructions});
    } else if (change(text)) {
      const bool cleared = text.size() > 1 && (text.ends_with("\x1b[2J") || text.ends_with("\x1b"
                                                                                           "c"));
      events.push_back({line.t_ns, line.source, text + (cleared ? "" : "\r\n"), line.instructions});
    }
  }
  log.events = std::move(events);
  return log;
}

TEST(Xtrace, of_libguestfs_1_60_has_another_prefix) {
  const auto prefix = [](std::string &text) {
    if (text.starts_with("+ "))
      text = "/init: " + text.substr(2);
    else if (text.starts_with("++ "))
      text = "//init: " + text.substr(3);
    return true;
  };
  for (const std::string name : {"traced-1", "verbose"}) {
    BootLog log = rewritten(name, prefix);
    log.environment["libguestfs"] = "1.60.0";
    const PhaseTree tree = shipped().split(log);
    expect_sound(tree);
    EXPECT_EQ(ids(tree), ids(shipped().split(recording(name)))) << name;
    EXPECT_TRUE(tree.not_measured.empty()) << name;
  }
}

TEST(KernelStamps, may_carry_the_caller) {
  const BootLog log = rewritten("traced-1", [](std::string &text) {
    if (text.starts_with("[ "))
      text.insert(text.find(']') + 1, "[    T1]");
    return true;
  });
  EXPECT_EQ(ids(shipped().split(log)), ids(shipped().split(recording("traced-1"))));
}

TEST(FeatureDetection, from_1_57_3_on_asks_kvm_in_each_launch) {
  BootLog log = recording("traced-1");
  log.environment["libguestfs"] = "1.57.3";
  std::erase_if(log.events, [](const Event &event) {
    return event.message.find("previously cached") != std::string::npos;
  });
  EXPECT_TRUE(find_phase(shipped().split(log), "qemu:feature-detect"));
}

TEST(QuietLaunch, without_a_feature_cache_has_the_same_phases) {
  BootLog log = recording("quiet");
  bool seen = false;
  std::erase_if(log.events, [&](const Event &event) {
    const bool cachedir = event.message == "get_cachedir";
    return cachedir && std::exchange(seen, true);
  });
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  EXPECT_TRUE(tree.not_measured.empty());
  EXPECT_TRUE(find_phase(tree, "supermin:build"));
}

TEST(Daemon, is_not_taken_to_start_where_its_command_is_only_named) {
  const PhaseTree tree = shipped().split(recording("verbose"));
  EXPECT_EQ(find_phase(tree, "guestfsd")->start_ns / 1'000'000, 15'486);
}

TEST(RewordedMessage, costs_only_its_own_phases) {
  const BootLog log = rewritten(
      "traced-1", [](std::string &text) { return text.find("ldmtool") == std::string::npos; });
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  const std::string init = "run > launch > qemu > kernel > /init > ";
  EXPECT_EQ(tree.not_measured,
            (std::vector<std::string>{init + "/init:lvm-probe",
                                      init + "/init:windows-dynamic-disks-probe"}));
  EXPECT_TRUE(find_phase(tree, "/init:md-probe"));
}

TEST(HostSupermin, is_not_the_mini_initrd) {
  BootLog log = recording("traced-1");
  for (Event &event : log.events)
    if (event.message.starts_with("supermin: version:"))
      event.message += "supermin: ext2 mini initrd starting up: no\nsupermin: chroot\n";
  EXPECT_EQ(ids(shipped().split(log)), ids(shipped().split(recording("traced-1"))));
}

BootLog arm_launch(const std::string &firmware) {
  BootLog log = log_of({{Source::enter, "launch"},
                        {Source::library, "begin building supermin appliance"},
                        {Source::library, "finished building supermin appliance"},
                        {Source::library, "begin testing qemu features"},
                        {Source::library, "finished testing qemu features"},
                        {Source::appliance, "    -no-user-config \\\n"},
                        {Source::appliance, firmware},
                        {Source::appliance, "[    0.000000] Booting Linux on physical CPU 0x0\r\n"},
                        {Source::appliance, "[    0.000000] Linux version 6.1.0\r\n"},
                        {Source::appliance, "supermin: ext2 mini initrd starting up: 5.2.2\r\n"},
                        {Source::launch_done, ""},
                        {Source::close, ""}},
                       {{"arch", "aarch64"}, {"mode", "traced"}, {"backend", "direct"}});
  return log;
}

TEST(Aarch64, has_no_bios_and_a_kernel_that_enters_before_its_version) {
  const PhaseTree tree = shipped().split(arm_launch(""));
  expect_sound(tree);
  EXPECT_FALSE(find_phase(tree, "bios:overhead"));
  EXPECT_FALSE(find_phase(tree, "uefi"));
  ASSERT_TRUE(find_phase(tree, "kernel:entry"));
  EXPECT_EQ(wall_of(tree, "kernel:entry"), 1'000'000);
  EXPECT_TRUE(find_phase(tree, "qemu:overhead"));
  for (const std::string &id : tree.not_measured)
    EXPECT_EQ(id.find("bios"), std::string::npos) << id;
}

TEST(Aarch64, may_boot_through_uefi) {
  const PhaseTree tree = shipped().split(arm_launch("UEFI firmware (version 2022.11)\r\n"
                                                    "EFI stub: Booting Linux Kernel...\r\n"));
  expect_sound(tree);
  EXPECT_TRUE(find_phase(tree, "run > launch > qemu > uefi > kernel:load"));
}

TEST(OldFirmware, shows_sgabios_before_seabios) {
  const BootLog log =
      log_of({{Source::enter, "launch"},
              {Source::appliance, "    -no-user-config \\\n"},
              {Source::appliance, "\x1b[1;256r\x1b[256;256H\x1b[6nGoogle, Inc.\r\n"},
              {Source::appliance, "Serial Graphics Adapter 08/22/19\r\n"},
              {Source::appliance, "SeaBIOS (version 1.9.1)\r\n"},
              {Source::appliance, "Booting from ROM...\r\n"},
              {Source::appliance, "Probing EDD (edd=off to disable)... ok\r\n"},
              {Source::appliance, "[    0.000000] Linux version 4.4\r\n"},
              {Source::appliance, "supermin: ext2 mini initrd starting up: 5.1\r\n"},
              {Source::launch_done, ""},
              {Source::close, ""}},
             {{"arch", "x86_64"}, {"mode", "traced"}, {"libguestfs", "1.34.0"}});
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  ASSERT_TRUE(find_phase(tree, "sgabios"));
  EXPECT_EQ(wall_of(tree, "sgabios"), 2'000'000);
  EXPECT_EQ(wall_of(tree, "kernel:entry"), 1'000'000);
}

TEST(Libvirt, has_its_own_phases_and_no_feature_detection) {
  const PhaseTree tree = shipped().split(recording("libvirt"));
  for (const char *name :
       {"libvirt:connect", "libvirt:get-libvirt-capabilities", "libvirt:parse-libvirt-capabilities",
        "libvirt:create-libvirt-xml", "libvirt:overhead"})
    EXPECT_TRUE(find_phase(tree, name)) << name;
  EXPECT_FALSE(find_phase(tree, "qemu:feature-detect"));
  EXPECT_TRUE(tree.not_measured.empty());
}

} // namespace
} // namespace bootperf::test
