#include <gtest/gtest.h>

#include "capture/launcher/failure.h"
#include "capture/log/boot_log.h"

namespace bootperf {
namespace {

using Kind = WorkerFate::Kind;
using std::chrono::milliseconds;

std::vector<Event> recorded_events(const std::string &name) {
  return read_boot_log(BOOTPERF_TEST_DATA "/bootlogs/" + name + ".jsonl").value().events;
}

std::string reason(WorkerFate fate, const WorkerFacts &facts, const std::vector<Event> &events) {
  return failure_reason(fate, milliseconds(60'000), facts, events).value_or("none");
}

Event said(Source source, std::string message) {
  return {1, source, std::move(message), {}};
}

const WorkerFacts launch_error = {{"error", "guestfs_launch failed, see earlier\nmore"}};

TEST(Failure, is_none_when_the_worker_says_so) {
  EXPECT_EQ(reason({Kind::exited, 0}, {}, recorded_events("traced-1")), "none");
}

TEST(Failure, is_a_hang_at_the_deadline) {
  auto events = recorded_events("traced-1");
  events.resize(100);
  EXPECT_EQ(reason({Kind::deadline, 0}, {}, events), "hung: did not finish within 60 s (deadline)");
  EXPECT_EQ(failure_reason({Kind::deadline, 0}, milliseconds(1500), {}, {}),
            "hung: did not finish within 1.5 s (deadline)");
}

TEST(Failure, is_the_panic_however_the_launch_ended) {
  const auto panic = reason({Kind::exited, 1}, launch_error, recorded_events("kernel-panic"));
  EXPECT_EQ(panic.rfind("kernel panic: ", 0), 0U) << panic;
  EXPECT_NE(panic.find("Unable to mount root fs"), std::string::npos);
  EXPECT_EQ(reason({Kind::deadline, 0}, {}, recorded_events("kernel-panic")), panic);
}

TEST(Failure, is_kvm_when_qemu_says_so) {
  const auto kvm = reason({Kind::exited, 1}, launch_error, recorded_events("kvm-abort"));
  EXPECT_EQ(kvm, "KVM does not work: qemu-system-x86_64: error: failed to set MSR 0x10a to 0x69");
}

TEST(Failure, is_qemu_in_its_own_words) {
  EXPECT_EQ(reason({Kind::exited, 1}, launch_error,
                   {said(Source::appliance, "qemu-system-x86_64: warning: no matter\n"),
                    said(Source::appliance, "qemu-system-x86_64: cannot set up guest "),
                    said(Source::appliance, "memory\r\n"), said(Source::subprocess_quit, "")}),
            "qemu died: qemu-system-x86_64: cannot set up guest memory");
  EXPECT_EQ(reason({Kind::exited, 1}, launch_error,
                   {said(Source::appliance, "Booting from ROM..\r\n"),
                    said(Source::subprocess_quit, "")}),
            "qemu died: after the line: Booting from ROM..");
}

TEST(Failure, is_the_end_of_qemu_where_libguestfs_names_messages_that_there_are_none_of) {
  const WorkerFacts unexplained = {{"error", "guestfs_launch failed, see earlier error messages"}};
  EXPECT_EQ(reason({Kind::exited, 1}, unexplained, {said(Source::appliance, "what?\n")}),
            "qemu died: after the line: what?");
  EXPECT_EQ(reason({Kind::exited, 1}, unexplained, {}), "qemu died: it printed nothing");
  const std::string much(100u << 20U, 'x');
  const auto named =
      reason({Kind::exited, 1}, unexplained, {said(Source::appliance, much + "\nthe last\n")});
  EXPECT_EQ(named, "qemu died: after 100 MiB of output, after the line: the last");
}

TEST(Failure, is_the_appliance_that_could_not_be_built) {
  EXPECT_EQ(reason({Kind::exited, 1}, {{"error", "/usr/bin/supermin exited with error status 1."}},
                   {said(Source::library, "begin building supermin appliance"),
                    said(Source::appliance, "supermin: error: cannot find kernel\n")}),
            "appliance could not be built: supermin: error: cannot find kernel");
  EXPECT_EQ(
      reason({Kind::exited, 1}, {{"error", "/usr/bin/supermin exited with error status 1."}}, {}),
      "appliance could not be built: /usr/bin/supermin exited with error status 1.")
      << "a quiet launch";
}

TEST(Failure, is_otherwise_what_libguestfs_says) {
  EXPECT_EQ(reason({Kind::exited, 1}, {{"error", "no such backend\nreally"}}, {}),
            "guestfs_launch failed: no such backend");
}

TEST(Failure, names_the_signal_that_killed_the_worker) {
  EXPECT_EQ(reason({Kind::signalled, 9}, {}, recorded_events("quiet")),
            "the launch worker was killed by signal 9 (Killed)");
}

TEST(Failure, of_the_shutdown_counts) {
  EXPECT_EQ(
      reason({Kind::exited, 1}, {{"shutdown_error", "qemu was killed"}}, recorded_events("quiet")),
      "shutdown failed: qemu was killed");
}

TEST(Failure, is_safe_to_print) {
  const auto hostile = reason({Kind::exited, 1}, launch_error,
                              {said(Source::appliance, "qemu: \x1b[2J" + std::string(9999, 'x')),
                               said(Source::subprocess_quit, "")});
  EXPECT_EQ(hostile.find('\x1b'), std::string::npos);
  EXPECT_LT(hostile.size(), 4500U);
}

TEST(StartFailure, is_an_error_in_the_worker_s_words) {
  EXPECT_FALSE(start_failure({Kind::exited, 0}, ""));
  EXPECT_FALSE(start_failure({Kind::exited, 1}, ""));
  EXPECT_FALSE(start_failure({Kind::signalled, 11}, ""));
  const auto library = start_failure({Kind::exited, 127}, "libguestfs.so.0: cannot open\n");
  ASSERT_TRUE(library);
  EXPECT_EQ(library->kind, ErrorKind::not_measured);
  EXPECT_NE(library->message.find("libguestfs.so.0: cannot open"), std::string::npos);
  EXPECT_EQ(start_failure({Kind::exited, 2}, "")->kind, ErrorKind::io);
}

} // namespace
} // namespace bootperf
