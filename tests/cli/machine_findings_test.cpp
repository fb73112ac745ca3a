#include "cli/machine_findings.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

MachineFacts good() {
  MachineFacts facts;
  facts.libguestfs = "1.48.6";
  facts.supermin = "5.2.2";
  facts.qemu = "7.2.22";
  facts.qemu_program = "/usr/bin/qemu-system-x86_64";
  facts.kernels = {{"/boot/vmlinuz-6.1", true}};
  facts.kernel_modules = true;
  facts.kvm = facts.tcg = facts.counting = {Trial::works, ""};
  facts.cpu = "EPYC";
  facts.cores = 2;
  facts.load = 0.1;
  return facts;
}

Finding finding(const MachineFacts &facts, const std::string &what) {
  for (const Finding &found : findings_of(facts)) {
    if (found.what == what)
      return found;
  }
  ADD_FAILURE() << what;
  return {};
}

TEST(Findings, of_a_good_machine_are_all_ok) {
  for (const Finding &found : findings_of(good()))
    EXPECT_EQ(found.level, Level::ok) << found.what;
  EXPECT_TRUE(can_measure(findings_of(good())));
}

TEST(Findings, that_are_not_ok_have_a_remedy) {
  MachineFacts bad;
  bad.worker_problem = "not there";
  bad.load = 10;
  for (const Finding &found : findings_of(bad)) {
    if (found.level != Level::ok) {
      EXPECT_FALSE(found.remedy.empty()) << found.what;
    }
  }
  EXPECT_FALSE(can_measure(findings_of(bad)));
}

TEST(Findings, tell_an_unreadable_kernel_from_none) {
  MachineFacts facts = good();
  facts.kernels = {{"/boot/vmlinuz-6.8", false}};
  EXPECT_NE(finding(facts, "kernel").remedy.find("chmod 0644"), std::string::npos);
  facts.kernels.clear();
  EXPECT_NE(finding(facts, "kernel").remedy.find("linux-image"), std::string::npos);
  facts.fixed_appliance = true;
  EXPECT_EQ(finding(facts, "kernel").level, Level::ok);
}

TEST(Findings, know_that_existing_is_not_working) {
  MachineFacts facts = good();
  facts.kvm = {Trial::broken, "failed to set MSR 0x10a"};
  EXPECT_NE(finding(facts, "KVM").detail.find("MSR 0x10a"), std::string::npos);
  EXPECT_EQ(finding(facts, "accelerator").detail, "auto takes TCG");
  EXPECT_TRUE(can_measure(findings_of(facts)));
  facts.tcg = {Trial::broken, "no such accelerator"};
  EXPECT_FALSE(can_measure(findings_of(facts)));
}

TEST(Findings, warn_of_a_busy_machine_and_of_a_qemu_that_cannot_count) {
  MachineFacts facts = good();
  facts.load = 1.9;
  facts.counting = {Trial::broken, "no plugins"};
  EXPECT_EQ(finding(facts, "load").level, Level::warning);
  EXPECT_EQ(finding(facts, "counted launches").level, Level::warning);
  EXPECT_TRUE(can_measure(findings_of(facts)));
}

TEST(Findings, are_escaped) {
  MachineFacts facts = good();
  facts.cpu = "\033[2Jevil";
  EXPECT_EQ(findings_text(findings_of(facts), {}).find('\033'), std::string::npos);
}

} // namespace
} // namespace bootperf
