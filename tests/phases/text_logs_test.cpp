// Phases of launches that are known from text, and of small logs for kinds of faults in public
// reports.
#include "phases/launches.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "base/text.h"
#include "capture/log/fate.h"
#include "capture/log/text_log.h"

namespace bootperf::test {
namespace {

BootLog small(const std::string &name) {
  return read_boot_log(std::string(BOOTPERF_TEST_DATA) + "/logs/" + name + ".jsonl").value();
}

std::string text_of(const std::string &name) {
  return read_packed_file(std::string(BOOTPERF_TEST_DATA) + "/logs/" + name + ".txt.gz", 1u << 22)
      .value();
}

BootLog text_log(const std::string &name) {
  return parse_text_log(text_of(name), name).value().at(0);
}

void expect_phases(const PhaseTree &tree, const std::vector<std::string> &names) {
  for (const std::string &name : names)
    EXPECT_TRUE(find_phase(tree, name)) << name;
}

const std::string kernel = "run > launch > qemu > kernel";

TEST(SmallLog, of_an_unknown_command_line_keeps_its_tree) {
  const PhaseTree tree = shipped().split(small("nodefconfig-hides-the-tree"));
  expect_phases(tree, {kernel, kernel + " > supermin:mini-initrd", kernel + " > /init",
                       kernel + " > guestfsd"});
}

TEST(SmallLog, of_a_launch_without_its_qemu_line_keeps_its_tree_and_says_what_is_missing) {
  BootLog log = small("nodefconfig-hides-the-tree");
  log.events.erase(log.events.begin());
  const PhaseTree tree = shipped().split(log);
  expect_phases(tree, {kernel + " > supermin:mini-initrd", kernel + " > /init"});
  EXPECT_FALSE(find_phase(tree, "qemu")->timed()) << "nobody knows when it began";
  EXPECT_TRUE(find_phase(tree, "supermin:mini-initrd")->timed());
  EXPECT_NE(std::find(tree.not_measured.begin(), tree.not_measured.end(), "run > launch > qemu"),
            tree.not_measured.end());
}

TEST(SmallLog, of_a_shell_s_error_has_no_boundary_there) {
  const PhaseTree tree = shipped().split(small("shell-error-looks-like-xtrace"));
  EXPECT_FALSE(find_phase(tree, "/init:mount-proc-sys"));
  EXPECT_EQ(find_phase(tree, "/init")->wall_ns, 4'097'000'000);
}

TEST(SmallLog, of_waiting_for_the_root_disk_has_a_phase_for_it) {
  const PhaseTree tree = shipped().split(small("waiting-for-the-root-disk"));
  EXPECT_EQ(find_phase(tree, "insmod virtio_pci")->wall_ns, 1'000'000);
  EXPECT_EQ(find_phase(tree, "supermin:wait-for-root")->wall_ns, 3'076'000'000);
}

TEST(SmallLog, of_waiting_for_a_name_server_has_a_phase_for_it_behind_dhcp) {
  const PhaseTree tree = shipped().split(small("waiting-for-a-name-server"));
  const Phase *waiting = find_phase(tree, "/init:wait-for-resolv-conf");
  const Phase *dhcp = find_phase(tree, "/init:dhcp");
  ASSERT_TRUE(waiting && dhcp);
  EXPECT_EQ(waiting->id, kernel + " > /init > /init:wait-for-resolv-conf");
  EXPECT_GT(waiting->stalls.waiting_ns, 11'000'000'000U);
  EXPECT_LT(dhcp->stalls.waiting_ns, 100'000'000U);
  EXPECT_EQ(dhcp->start_ns + dhcp->wall_ns, waiting->start_ns);
}

TEST(LongestWait, lies_between_the_commands_that_the_shell_printed) {
  const PhaseTree tree = shipped().split(small("waiting-for-a-name-server"));
  const Phase *waiting = find_phase(tree, "/init:wait-for-resolv-conf");
  ASSERT_TRUE(waiting && waiting->longest_wait);
  EXPECT_EQ(waiting->longest_wait->after, "+ sleep 1");
  EXPECT_EQ(waiting->longest_wait->before, "+ for i in `seq 0 10`");
  EXPECT_GT(waiting->longest_wait->waiting_ns, 10'000'000'000U) << "all turns of the loop";
  EXPECT_FALSE(find_phase(tree, "/init:dhcp")->longest_wait) << "it did not wait";
  EXPECT_FALSE(find_phase(tree, "/init")->longest_wait) << "its phases say where";
}

TEST(LongestWait, of_what_no_phase_covers_is_told_as_well) {
  // As it would be for a command that no rule knows.
  BootLog log = small("waiting-for-a-name-server");
  for (Event &event : log.events)
    for (const char *word : {"dhclient", "dhcpcd", "seq 0 10", "nameserver"})
      for (std::size_t at = 0; (at = event.message.find(word)) != std::string::npos;)
        event.message.replace(at, std::string(word).size(), "something");
  const PhaseTree tree = shipped().split(log);
  EXPECT_FALSE(find_phase(tree, "/init:wait-for-resolv-conf"));
  const Phase *other = find_phase(tree, kernel + " > /init > (other)");
  ASSERT_TRUE(other && other->longest_wait);
  EXPECT_EQ(other->longest_wait->after, "+ sleep 1");
  EXPECT_EQ(other->longest_wait->before, "+ for i in `something`");
}

TEST(LongestWait, is_not_known_where_waiting_was_not_measured) {
  BootLog log = small("waiting-for-a-name-server");
  for (Event &event : log.events)
    event.stalls = {};
  for (const Phase &phase : shipped().split(log).phases)
    EXPECT_FALSE(phase.longest_wait) << phase.id;
}

TEST(SmallLog, of_a_panic_without_an_end_names_it) {
  const BootLog log = small("panic-without-end");
  EXPECT_EQ(fate_of(log).reason,
            "kernel panic: [    1.000000] Kernel panic - not syncing: Attempted "
            "to kill init! exitcode=0x00000100");
  EXPECT_EQ(shipped().split(log).last_phase, kernel + " > kernel:overhead");
}

TEST(SmallLog, of_two_launches_is_refused) {
  const auto log =
      read_boot_log(std::string(BOOTPERF_TEST_DATA) + "/logs/two-launches-in-one-log.jsonl");
  ASSERT_FALSE(log);
  EXPECT_NE(log.error().message.find("second launch"), std::string::npos);
  EXPECT_EQ(log.error().where.line, 4);
}

TEST(SmallLog, of_a_close_without_a_shutdown_has_sync_and_stop_where_they_are) {
  const PhaseTree tree = shipped().split(small("close-without-shutdown"));
  EXPECT_EQ(find_phase(tree, "shutdown:sync")->wall_ns, 1'999'000'000);
  EXPECT_EQ(find_phase(tree, "shutdown:stop-qemu")->wall_ns, 499'000'000);
  EXPECT_EQ(find_phase(tree, "close")->wall_ns, 0);
}

TEST(SmallLog, of_work_before_the_launch_begins_at_the_launch) {
  const PhaseTree tree = shipped().split(small("work-before-the-launch"));
  EXPECT_EQ(find_phase(tree, "run > launch")->wall_ns, 1'000'000'000);
  EXPECT_EQ(find_phase(tree, "run")->wall_ns, 2'000'000'000);
}

TEST(Header, without_a_backend_has_no_phases_of_another) {
  BootLog log = recording("libvirt");
  std::string text = header_line({{"outcome", "ok"}});
  for (const Event &event : log.events)
    text += event_line(event);
  const BootLog bare = parse_boot_log(text, "bare").value();
  EXPECT_EQ(bare.value("backend"), "libvirt");
  EXPECT_EQ(bare.value("arch"), "x86_64");
  EXPECT_EQ(bare.value("mode"), "traced");
  EXPECT_EQ(ids(shipped().split(bare)), ids(shipped().split(log)));
}

/// What everybody's log holds, if it is whole.
const std::vector<std::string> common = {"run > launch",
                                         "supermin:build",
                                         "qemu",
                                         "kernel",
                                         "kernel:overhead",
                                         "kernel:entry",
                                         "supermin:mini-initrd",
                                         "supermin:mount-root",
                                         "/init",
                                         "bash:overhead",
                                         "/init:kmod-static-nodes",
                                         "/init:systemd-tmpfiles",
                                         "/init:udev-overhead",
                                         "udevadm trigger",
                                         "udevadm settle",
                                         "/init:block-settings",
                                         "/init:network-overhead",
                                         "/init:md-probe",
                                         "/init:lvm-probe",
                                         "/init:windows-dynamic-disks-probe",
                                         "guestfsd",
                                         "guestfsd:connect",
                                         "close"};

TEST(AArch64, has_every_phase) {
  const BootLog log = text_log("test-tool-1.54-aarch64");
  EXPECT_TRUE(fate_of(log).ok) << fate_of(log).reason;
  EXPECT_EQ(log.value("arch"), "aarch64");
  EXPECT_EQ(log.value("backend"), "direct");
  EXPECT_EQ(log.value("memsize"), "1280");
  const PhaseTree tree = shipped().split(log);
  expect_phases(tree, common);
  expect_phases(tree, {"uefi", "kernel:load", "qemu:feature-detect", "/init:dump-state",
                       "kernel:ftrace", "insmod virtio_blk"});
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
  EXPECT_FALSE(find_phase(tree, "run > launch")->timed());
  EXPECT_FALSE(find_phase(tree, "kernel:ftrace")->timed()) << "the kernel's clock did not run yet";
  expect_sound(tree);
}

class StampedText : public testing::TestWithParam<const char *> {};

TEST_P(StampedText, has_every_phase_with_its_time) {
  const BootLog log = text_log(GetParam());
  EXPECT_TRUE(fate_of(log).ok) << fate_of(log).reason;
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  expect_phases(tree, common);
  expect_phases(tree, {"qemu:feature-detect", "bios:overhead", "seabios", "kernel:load", "shutdown",
                       "shutdown:sync", "shutdown:stop-qemu"});
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
  for (const Phase &phase : tree.phases)
    EXPECT_TRUE(phase.timed() || phase.name == "kernel:load") << phase.id;
  EXPECT_FALSE(find_phase(tree, "kernel:load")->timed())
      << "SeaBIOS hands over in the middle of a line, which has the time of its end";
  EXPECT_GT(find_phase(tree, "run > launch")->wall_ns, 5'000'000'000);
}

INSTANTIATE_TEST_SUITE_P(Versions, StampedText,
                         testing::Values("test-tool-1.48-stamped", "guestfish-1.54-stamped",
                                         "guestfish-1.60-stamped"));

TEST(StampedText, has_no_time_for_what_begins_with_its_last_line) {
  const BootLog log = parse_text_log("1.000000 libguestfs: launch: program=x\n"
                                     "1.500000 libguestfs: appliance is up\n"
                                     "3.000000 libguestfs: closing guestfs handle 0x5 (state 0)\n",
                                     "short")
                          .value()
                          .at(0);
  const PhaseTree tree = shipped().split(log);
  EXPECT_EQ(find_phase(tree, "run > launch")->wall_ns, 500'000'000);
  EXPECT_EQ(find_phase(tree, "run")->wall_ns, 2'000'000'000);
  EXPECT_FALSE(find_phase(tree, "close")->timed());
}

TEST(StampedText, has_the_same_phases_without_its_stamps) {
  const std::string stamped = text_of("guestfish-1.60-stamped");
  std::string bare;
  for (std::size_t at = 0; at < stamped.size();) {
    const std::size_t end = std::min(stamped.find('\n', at), stamped.size() - 1);
    bare += stamped.substr(stamped.find(' ', at) + 1, end - stamped.find(' ', at));
    at = end + 1;
  }
  const BootLog without = parse_text_log(bare, "bare").value().at(0);
  const PhaseTree tree = shipped().split(without);
  EXPECT_EQ(ids(tree), ids(shipped().split(text_log("guestfish-1.60-stamped"))));
  EXPECT_FALSE(find_phase(tree, "run > launch")->timed());
}

TEST(Unstamped, has_every_phase_of_1_60) {
  const PhaseTree tree = shipped().split(text_log("test-tool-1.60"));
  expect_phases(tree, common);
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
}

TEST(TwoHandles, with_identifiers_are_two_whole_launches) {
  const auto logs = parse_text_log(text_of("two-handles-1.54-stamped"), "v2v").value();
  ASSERT_EQ(logs.size(), 2U);
  for (const BootLog &log : logs) {
    EXPECT_TRUE(fate_of(log).ok) << fate_of(log).reason;
    EXPECT_EQ(log.events[0].message, "launch") << "without the handle's identifier";
    const PhaseTree tree = shipped().split(log);
    expect_phases(tree, common);
    expect_phases(tree, {"shutdown:sync", "shutdown:stop-qemu"});
    EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
  }
}

class Recorded : public testing::TestWithParam<const char *> {};

// The lines of a recording, each after something and with an end; "ts -s %.s" is taken off.
std::string shaped(const std::string &text, const std::string &before, const std::string &end) {
  std::string result;
  int number = 0;
  for (std::string_view rest = text; !rest.empty();) {
    std::string_view line = take_line(rest);
    if (const std::size_t stamp = line.find_first_not_of("0123456789."); stamp > 7)
      line.remove_prefix(stamp + 1);
    result += before == "#" ? fmt::format("{:5}: ", ++number) : before;
    result += std::string(line) + end;
  }
  return result;
}

TEST_P(Recorded, has_the_same_phases_in_every_shape_in_which_people_paste_it) {
  const std::string text = text_of(GetParam());
  const auto phases = [](const std::string &shape) {
    std::vector<std::vector<std::string>> all;
    const auto logs = parse_text_log(shape, "pasted").value();
    for (const BootLog &log : logs)
      all.push_back(ids(shipped().split(log)));
    return all;
  };
  const std::string bare = shaped(text, "", "\n");
  const auto expected = phases(bare);
  for (const char *before : {"#", "> ", "- ", "    ", "Nov 28 02:03:04 host virt-v2v[12]: "})
    EXPECT_EQ(phases(shaped(text, before, "\n")), expected) << before;
  for (const char *end : {"\r\n", "^M\n", "\x1b[0m\n"})
    EXPECT_EQ(phases(shaped(text, "", end)), expected) << end;
  const auto json = [&](const std::string &one) {
    return nlohmann::json(one).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  };
  EXPECT_EQ(phases(json(bare)), expected);
  EXPECT_EQ(phases("{\"id\": 7, \"body\": " + json("Hello\n\n" + bare) + "}"), expected);
}

INSTANTIATE_TEST_SUITE_P(All, Recorded,
                         testing::Values("test-tool-1.48-stamped", "guestfish-1.54-stamped",
                                         "libvirt-1.54", "two-handles-1.54-stamped",
                                         "guestfish-1.60-stamped", "test-tool-1.60"));

// The part of a text from a line that holds the first words to one that holds the others.
std::string between(const std::string &text, const std::string &from, const std::string &to) {
  const std::size_t begin = text.rfind('\n', text.find(from)) + 1;
  return text.substr(begin, text.find(to, begin) - begin);
}

TEST(Excerpt, from_the_midst_of_the_kernel_has_no_time_for_what_had_begun) {
  const std::string text = between(text_of("guestfish-1.60-stamped"), "Last level dTLB",
                                   "libguestfs: trace: launch = 0");
  const PhaseTree tree = shipped().split(parse_text_log(text, "excerpt").value().at(0));
  expect_phases(tree, {kernel, kernel + " > kernel:overhead"});
  EXPECT_FALSE(find_phase(tree, "kernel")->timed());
  EXPECT_FALSE(find_phase(tree, "kernel:overhead")->timed());
  EXPECT_TRUE(find_phase(tree, "supermin:mini-initrd")->timed());
  EXPECT_TRUE(find_phase(tree, "/init")->timed());
  expect_sound(tree);
}

TEST(Excerpt, has_nothing_of_what_lies_wholly_before_it) {
  const std::string text =
      between(text_of("guestfish-1.60-stamped"), "supermin: internal insmod", "udevadm settle");
  const PhaseTree tree = shipped().split(parse_text_log(text, "excerpt").value().at(0));
  for (const char *name : {"qemu:overhead", "libvirt:overhead", "bios:overhead", "kernel:entry"})
    EXPECT_FALSE(find_phase(tree, name)) << name;
  EXPECT_FALSE(find_phase(tree, "supermin:mini-initrd")->timed()) << "it had begun before";
  EXPECT_TRUE(find_phase(tree, "bash:overhead")->timed());
  expect_sound(tree);
  const std::string later =
      between(text_of("guestfish-1.54-stamped"), "udevadm settle", "lvm_system_dir");
  const PhaseTree of_init = shipped().split(parse_text_log(later, "excerpt").value().at(0));
  EXPECT_TRUE(find_phase(of_init, "/init"));
  EXPECT_FALSE(find_phase(of_init, "kernel:overhead")) << "/init shows that it was over";
}

TEST(Libvirt, has_every_phase) {
  const BootLog log = text_log("libvirt-1.54");
  EXPECT_TRUE(fate_of(log).ok) << fate_of(log).reason;
  EXPECT_EQ(log.value("backend"), "libvirt");
  EXPECT_EQ(log.value("accel"), "tcg");
  const PhaseTree tree = shipped().split(log);
  expect_phases(tree, common);
  expect_phases(tree, {"libvirt:connect", "libvirt:get-libvirt-capabilities",
                       "libvirt:parse-libvirt-capabilities", "libvirt:create-libvirt-xml",
                       "libvirt:overhead", "shutdown:sync", "shutdown:stop-qemu"});
  EXPECT_TRUE(tree.not_measured.empty()) << tree.not_measured.front();
}

TEST(Libvirt, that_refused_is_quoted_whole) {
  const BootLog log = text_log("libvirt-1.54-failed");
  EXPECT_EQ(log.value("backend"), "libvirt");
  const std::string reason = fate_of(log).reason;
  EXPECT_EQ(reason.substr(0, 17), "libvirt refused: ") << reason;
  EXPECT_NE(reason.find("Could not open '/dev/urandom': No such file or directory"),
            std::string::npos)
      << reason;
  const PhaseTree tree = shipped().split(log);
  expect_phases(tree, {"libvirt:connect", "supermin:build", "libvirt:create-libvirt-xml", "qemu"});
  EXPECT_FALSE(find_phase(tree, "qemu:feature-detect")) << "that is of the direct backend";
}

TEST(EveryTextTruncation, is_sound_and_keeps_what_it_holds) {
  const std::string whole = text_of("test-tool-1.54-aarch64");
  for (std::size_t from = 0; from < whole.size(); from += whole.size() / 20) {
    const auto logs = parse_text_log(std::string_view(whole).substr(from), "excerpt");
    if (!logs)
      continue;
    for (const BootLog &log : *logs)
      expect_sound(shipped().split(log));
    const PhaseTree tree = shipped().split(logs->back());
    const auto holds = [&](const char *words) {
      return whole.find(words, from) != std::string::npos;
    };
    EXPECT_TRUE(!holds("+ lvm ") || find_phase(tree, "/init")) << from;
    EXPECT_TRUE(!holds("trying to open virtio-serial") || find_phase(tree, "guestfsd")) << from;
    const auto cut = parse_text_log(std::string_view(whole).substr(0, from + 2000), "cut");
    if (cut)
      for (const BootLog &log : *cut)
        expect_sound(shipped().split(log));
  }
}

} // namespace
} // namespace bootperf::test
