#include <gtest/gtest.h>

#include "capture/launcher/launch_end.h"

namespace bootperf {
namespace {

BootLog recorded_log(const std::string &name) {
  return read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/" + name + ".jsonl").value();
}

LaunchRecord worker_ended(int status) {
  LaunchRecord record;
  record.fate = {WorkerFate::Kind::exited, status};
  record.deadline = std::chrono::seconds(60);
  record.host_cpu_ns = 5;
  record.qemu_version = "QEMU emulator version 7.2.22 (Debian)";
  record.machine_help = "pc-i440fx-7.2   PC (default)\n";
  return record;
}

TEST(LaunchEnd, gathers_what_a_traced_log_tells) {
  const auto end = launch_end(recorded_log("traced-1"), worker_ended(0));
  EXPECT_TRUE(end.ok);
  EXPECT_EQ(end.host_cpu_ns, 5);
  EXPECT_EQ(end.peak_memory_bytes, 454352 * 1024);
  EXPECT_EQ(end.appliance_rebuilt, false);
  const std::map<std::string, std::string> expected = {{"accel", "tcg"},
                                                       {"guest_cpu", "max,la57=off"},
                                                       {"kernel", "6.1.0-56-cloud-amd64"},
                                                       {"machine", "pc-i440fx-7.2"},
                                                       {"qemu", "7.2.22"}};
  EXPECT_EQ(end.environment, expected);
}

TEST(LaunchEnd, takes_from_the_worker_what_a_quiet_log_lacks) {
  auto record = worker_ended(0);
  record.facts = {{"accel", "kvm"}, {"machine", ""}, {"peak_memory_bytes", "1000"}};
  record.kernel = "6.1.0";
  const auto end = launch_end(recorded_log("quiet"), record);
  EXPECT_TRUE(end.ok);
  EXPECT_EQ(end.environment.at("accel"), "kvm");
  EXPECT_EQ(end.environment.at("machine"), "pc-i440fx-7.2");
  EXPECT_EQ(end.environment.at("kernel"), "6.1.0");
  EXPECT_EQ(end.peak_memory_bytes, 1000);
}

TEST(LaunchEnd, notices_a_rebuilt_appliance) {
  auto record = worker_ended(0);
  EXPECT_EQ(launch_end(recorded_log("quiet"), record).appliance_rebuilt, false);
  record.appliance_after = "new";
  EXPECT_EQ(launch_end(recorded_log("quiet"), record).appliance_rebuilt, true);
  auto log = recorded_log("traced-1");
  for (auto &event : log.events) {
    if (event.message.find("does not need rebuilding") != std::string::npos) {
      event.message = "supermin: build: 176 packages\n";
    }
  }
  EXPECT_EQ(launch_end(log, worker_ended(0)).appliance_rebuilt, true) << "told by the log alone";
}

TEST(LaunchEnd, of_an_aborting_kvm_names_kvm) {
  auto record = worker_ended(1);
  record.facts["error"] = "guestfs_launch failed";
  const auto end = launch_end(recorded_log("kvm-abort"), record);
  EXPECT_FALSE(end.ok);
  EXPECT_EQ(end.environment.at("accel"), "kvm");
}

TEST(LaunchEnd, fails_a_counted_launch_without_counts) {
  auto log = recorded_log("verbose");
  log.environment["mode"] = "counted";
  const auto end = launch_end(log, worker_ended(0));
  EXPECT_FALSE(end.ok);
  EXPECT_NE(end.reason.find("not counted"), std::string::npos);
}

TEST(WorkerFacts, are_laid_over_each_other) {
  const auto facts =
      parse_facts(facts_line({{"a", "1"}, {"b", "\xff"}}) + "garbage\n[1]\n" +
                  "{\"a\": 5, \"c\": \"3\"}\n" + facts_line({{"a", "2"}}) + "{\"a\"");
  EXPECT_EQ(facts, (WorkerFacts{{"a", "2"}, {"b", "\xef\xbf\xbd"}, {"c", "3"}}));
}

} // namespace
} // namespace bootperf
