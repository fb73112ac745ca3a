#include <unistd.h>

#include <gtest/gtest.h>

#include "capture/facts/qemu.h"
#include "capture/log/boot_log.h"
#include "capture/log/console.h"
#include "capture/log/launch_words.h"

namespace bootperf {
namespace {

std::string value(const QemuFacts &facts, const char *key) {
  const auto found = facts.find(key);
  return found == facts.end() ? "absent" : found->second;
}

TEST(QemuFacts, tell_which_of_two_accelerators_it_is) {
  const std::vector<std::string> either = {"qemu", "-machine", "q35,accel=kvm:tcg", "-cpu", "max"};
  EXPECT_EQ(value(qemu_facts(either, true), "accel"), "kvm");
  EXPECT_EQ(value(qemu_facts(either, false), "accel"), "tcg");
  EXPECT_EQ(value(qemu_facts(either, false), "machine"), "q35");
  EXPECT_EQ(value(qemu_facts(either, false), "guest_cpu"), "max");
}

TEST(QemuFacts, know_the_spellings_of_the_command_line) {
  EXPECT_EQ(value(qemu_facts({"qemu", "-machine", "accel=tcg,graphics=off"}, false), "machine"),
            "");
  EXPECT_EQ(value(qemu_facts({"qemu", "-M", "type=virt", "-accel", "kvm"}, false), "accel"), "kvm");
  EXPECT_EQ(value(qemu_facts({"qemu", "-M", "type=virt"}, false), "machine"), "virt");
  EXPECT_EQ(value(qemu_facts({"qemu"}, false), "accel"), "tcg");
}

std::string text_of(const std::string &name) {
  const auto log = read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/" + name + ".jsonl").value();
  std::string text = console_text(log.events);
  for (const auto &event : log.events) {
    text += event.source == Source::library ? event.message + '\n' : "";
  }
  return text;
}

TEST(QemuFacts, come_from_the_log_when_nothing_else_is_there) {
  const auto direct = qemu_facts_from_log(text_of("traced-1"));
  EXPECT_EQ(value(direct, "accel"), "tcg");
  EXPECT_EQ(value(direct, "guest_cpu"), "max,la57=off");
  const auto libvirt = qemu_facts_from_log(text_of("libvirt"));
  EXPECT_EQ(value(libvirt, "accel"), "tcg");
  EXPECT_EQ(value(libvirt, "qemu"), "7.2.22");
  EXPECT_EQ(value(qemu_facts_from_log(text_of("kvm-abort")), "accel"), "absent") << "kvm:tcg";
  EXPECT_TRUE(qemu_facts_from_log("").empty());
}

TEST(QemuFacts, find_no_qemu_where_there_is_none) {
  EXPECT_FALSE(find_qemu(""));
  EXPECT_FALSE(find_qemu("/tmp/libguestfs-nobody"));
  EXPECT_TRUE(inspect_qemu(0x7FFFFFF).empty());
}

TEST(QemuVersion, is_the_number) {
  EXPECT_EQ(short_qemu_version("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\nC"),
            "7.2.22");
  EXPECT_EQ(short_qemu_version("QEMU emulator version 9.1.0\n"), "9.1.0");
  EXPECT_EQ(short_qemu_version("no such thing"), "");
}

TEST(MachineType, is_the_one_behind_default_and_alias) {
  const std::string help = "Supported machines are:\n"
                           "microvm              microvm (i386)\n"
                           "pc                   Standard PC (alias of pc-i440fx-7.2)\n"
                           "pc-i440fx-7.2        Standard PC (i440FX + PIIX, 1996) (default)\n"
                           "q35                  Standard PC (Q35) (alias of pc-q35-7.2)\n";
  EXPECT_EQ(machine_type(help, ""), "pc-i440fx-7.2");
  EXPECT_EQ(machine_type(help, "q35"), "pc-q35-7.2");
  EXPECT_EQ(machine_type(help, "microvm"), "microvm");
  EXPECT_EQ(machine_type("", "virt"), "virt");
}

} // namespace
} // namespace bootperf
