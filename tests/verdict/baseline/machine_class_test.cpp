#include "verdict/baseline/machine_class.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

Scenario scenario() {
  Scenario result;
  result.name = "Launch/quiet/smp:2";
  result.mode = "quiet";
  result.keys = {{"arch", "x86_64"}, {"accel", "kvm"},   {"cpu_model", "EPYC (7763)"},
                 {"qemu", "7.2.22"}, {"kernel", "6.1"},  {"machine", "pc-i440fx-7.2"},
                 {"memsize", ""},    {"os", "debian-12"}};
  return result;
}

TEST(MachineClass, of_wall_time_holds_the_host) {
  const MachineClass found = machine_class(scenario(), Metric::wall, Policy{});
  EXPECT_EQ(found.keys.at("cpu_model"), "EPYC (7763)");
  EXPECT_EQ(found.keys.at("os"), "debian-12");
  EXPECT_EQ(found.keys.at("scenario"), "Launch/quiet/smp:2");
  EXPECT_FALSE(found.keys.contains("memsize")); // not known
}

TEST(MachineClass, of_instructions_holds_nothing_of_the_host) {
  const MachineClass found = machine_class(scenario(), Metric::instructions, Policy{});
  EXPECT_FALSE(found.keys.contains("cpu_model"));
  EXPECT_FALSE(found.keys.contains("os"));
  EXPECT_EQ(found.keys.at("qemu"), "7.2.22");
}

TEST(MachineClass, leaves_the_subject_out) {
  Policy policy;
  policy.subject = {"qemu", "libguestfs"};
  const MachineClass found = machine_class(scenario(), Metric::instructions, policy);
  EXPECT_FALSE(found.keys.contains("qemu"));
  EXPECT_FALSE(found.keys.contains("machine"));
  EXPECT_TRUE(found.keys.contains("kernel"));
}

TEST(MachineClass, has_a_name_that_is_safe_in_a_file_name_and_changes_with_any_key) {
  MachineClass found = machine_class(scenario(), Metric::wall, Policy{});
  const std::string before = found.name();
  EXPECT_TRUE(before.starts_with("x86_64-kvm-launch-quiet-smp-2-")) << before;
  EXPECT_EQ(before.size(), std::string("x86_64-kvm-launch-quiet-smp-2-01234567").size());
  found.keys["cpu_model"] = "EPYC (7764)";
  EXPECT_NE(found.name(), before);
  found.keys["arch"] = "../../etc";
  EXPECT_EQ(found.name().find('/'), std::string::npos);
  EXPECT_EQ(found.name().find('.'), std::string::npos);
}

TEST(MachineClass, differences_name_key_old_and_new) {
  const MachineClass old{Metric::wall, {{"a", "1"}, {"b", "2"}, {"c", "3"}}};
  const MachineClass now{Metric::wall, {{"a", "1"}, {"b", "9"}, {"d", "4"}}};
  const auto found = differences(old, now);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].key + found[0].baseline + found[0].current, "b29");
  EXPECT_EQ(found[1].key + found[1].baseline + found[1].current, "c3");
  EXPECT_EQ(found[2].key + found[2].baseline + found[2].current, "d4");
  EXPECT_TRUE(differences(old, old).empty());
}

} // namespace
} // namespace bootperf
