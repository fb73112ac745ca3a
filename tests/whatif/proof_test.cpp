#include "whatif/proof.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "campaign/fake_launcher.h"

namespace bootperf {
namespace {

const LeverProof q35_line = {ProofBy::line, "DMI: .*Q35"}, no_lvm = {ProofBy::no_line, "\\+ lvm"},
                 less_loading = {ProofBy::less_work, "insmod"},
                 native_aio = {ProofBy::argument, "aio=native"},
                 not_built = {ProofBy::no_library_line, "begin building"};

LaunchEvidence console(const std::vector<std::string> &lines) {
  return {.console = lines};
}

LaunchEvidence qemu_with(const std::string &arguments) {
  return {.console = {}, .library = {}, .qemu_arguments = arguments};
}

Lever proved_by(const std::vector<LeverProof> &proofs) {
  Lever lever;
  lever.name = "mine";
  lever.proofs = proofs;
  return lever;
}

/// A launch that came up, whose console said this.
BootLog with_console(const std::string &text) {
  BootLog log = came_up();
  log.events.insert(log.events.begin() + 1,
                    {.t_ns = 2, .source = Source::appliance, .message = text, .instructions = {}});
  return log;
}

bool has_line_with(const std::vector<std::string> &lines, const std::string &text) {
  return std::ranges::any_of(
      lines, [&](const std::string &line) { return line.find(text) != std::string::npos; });
}

/// The launch that the prover makes of one whose console said this.
BootLog launched(const std::string &console, const std::string &lever,
                 const std::vector<Lever> &levers) {
  FakeLauncher launcher([&](int) { return with_console(console); });
  ProvingLauncher prover(launcher, levers);
  LaunchRequest request;
  request.mode = Mode::counted;
  request.lever = lever;
  Result<BootLog> log = prover.launch(request);
  EXPECT_TRUE(log);
  return log ? *log : BootLog{};
}

TEST(GuestLines, are_the_consoles) {
  BootLog log = with_console("one\r\ntwo\n");
  log.events.push_back(
      {.t_ns = 3'000'000, .source = Source::library, .message = "three", .instructions = {}});
  EXPECT_EQ(guest_lines(log), (std::vector<std::string>{"one", "two"}));
}

TEST(GuestLines, leave_the_hosts_command_line_out) {
  EXPECT_EQ(
      guest_lines(with_console("supermin: build\nqemu -machine q35 -kernel /k -append \"quiet\"\n"
                               "SeaBIOS\n")),
      std::vector<std::string>{"SeaBIOS"});
}

TEST(GuestLines, leave_it_out_where_it_takes_several_lines) {
  EXPECT_EQ(guest_lines(with_console("qemu \\\n    -machine q35 \\\n    -kernel /k \\\n"
                                     "    -append \"quiet\" \\\n    -vga none\nSeaBIOS\n")),
            std::vector<std::string>{"SeaBIOS"});
}

TEST(GuestLines, of_a_recorded_launch_begin_with_the_guest) {
  const auto log = read_boot_log(std::string(BOOTPERF_TEST_DATA) + "/bootlogs/traced-1.jsonl");
  ASSERT_TRUE(log);
  const std::vector<std::string> lines = guest_lines(*log);
  EXPECT_FALSE(has_line_with(lines, "-machine accel=tcg"));
  EXPECT_FALSE(has_line_with(lines, "-append \"panic=1"));
  EXPECT_TRUE(has_line_with(lines, "SeaBIOS"));
  EXPECT_TRUE(has_line_with(lines, "Linux version 6.1.0"));
}

TEST(GuestLines, of_a_log_without_one_are_all) {
  EXPECT_EQ(guest_lines(with_console("qemu -kernel /k\nLinux\n")).size(), 2u);
  EXPECT_TRUE(guest_lines({}).empty());
}

TEST(Proof, holds_or_is_contradicted) {
  const LaunchEvidence q35 = console({"[0] DMI: QEMU Standard PC (Q35", "x"}),
                       pc = console({"DMI: pc"});
  EXPECT_EQ(contradicted_proof(proved_by({q35_line}), q35), std::nullopt);
  EXPECT_EQ(contradicted_proof(proved_by({q35_line}), pc),
            "no line of the console matches \"DMI: .*Q35\"");
  EXPECT_EQ(contradicted_proof(proved_by({no_lvm}), pc), std::nullopt);
  EXPECT_EQ(contradicted_proof(proved_by({no_lvm}), console({"+ lvm vgchange"})),
            "a line of the console matches \"\\+ lvm\"");
  EXPECT_EQ(contradicted_proof(proved_by({q35_line, no_lvm}), console({"DMI: Q35", "+ lvm"})),
            "a line of the console matches \"\\+ lvm\"");
}

TEST(Proof, by_less_work_is_not_seen_in_lines) {
  EXPECT_EQ(contradicted_proof(proved_by({less_loading}), {}), std::nullopt);
}

TEST(Proof, is_looked_for_in_any_bytes) {
  EXPECT_EQ(contradicted_proof(proved_by({q35_line}), console({"\xff\xfe DMI: \x80 Q35"})),
            std::nullopt);
}

TEST(Proof, by_an_argument_is_of_the_qemu_that_ran) {
  const Lever lever = proved_by({native_aio});
  EXPECT_EQ(contradicted_proof(lever, qemu_with("-m 1280 -drive file=a,aio=native")), std::nullopt);
  EXPECT_EQ(contradicted_proof(lever, qemu_with("-m 1280 -drive file=a")),
            "no argument of the qemu that ran matches \"aio=native\"");
  EXPECT_EQ(contradicted_proof(lever, console({"aio=native"})),
            "the arguments of the qemu that ran are not known")
      << "what is not known proves nothing";
}

TEST(Proof, by_a_line_that_libguestfs_does_not_write) {
  const Lever lever = proved_by({not_built});
  LaunchEvidence launch = console({"begin building"});
  EXPECT_EQ(contradicted_proof(lever, launch), std::nullopt) << "the guest may say that";
  launch.library = {"launch: euid=0", "begin building supermin appliance"};
  EXPECT_EQ(contradicted_proof(lever, launch), "a line of libguestfs matches \"begin building\"");
}

TEST(Proof, of_a_quiet_launch_is_the_qemu_that_ran) {
  const Lever lever = proved_by({q35_line, native_aio});
  EXPECT_EQ(contradicted_quietly(lever, qemu_with("-drive aio=native")), std::nullopt);
  EXPECT_NE(contradicted_quietly(lever, qemu_with("-drive x")), std::nullopt);
  EXPECT_EQ(contradicted_quietly(proved_by({q35_line}), {}), std::nullopt);
}

TEST(LaunchEvidence, is_what_the_guest_libguestfs_and_the_system_said) {
  BootLog log = with_console("hello\n");
  log.events.push_back({.t_ns = 3'000'000,
                        .source = Source::library,
                        .message = "launch: euid=0",
                        .instructions = {}});
  log.end->environment = {{"qemu_arguments", "-smp 2"}};
  const LaunchEvidence evidence = evidence_of(log);
  EXPECT_EQ(evidence.console, std::vector<std::string>{"hello"});
  EXPECT_EQ(evidence.library, std::vector<std::string>{"launch: euid=0"});
  EXPECT_EQ(evidence.qemu_arguments, "-smp 2");
  log.end.reset();
  EXPECT_EQ(evidence_of(log).qemu_arguments, "");
}

TEST(AlreadySo, is_a_boot_that_shows_all_that_would_prove_it) {
  EXPECT_EQ(already_so(proved_by({q35_line, no_lvm}), console({"DMI: Q35"})),
            "the boot is like that already");
  EXPECT_EQ(already_so(proved_by({q35_line, no_lvm}), console({"DMI: Q35", "+ lvm"})),
            std::nullopt);
  EXPECT_EQ(already_so(proved_by({q35_line, less_loading}), console({"DMI: Q35"})), std::nullopt)
      << "nobody knows what it executes";
}

TEST(ProvingLauncher, lets_a_launch_through_that_shows_its_lever) {
  const BootLog log = launched("DMI: Q35\n", "mine", {proved_by({q35_line})});
  EXPECT_TRUE(log.ok());
  EXPECT_EQ(log.end->reason, "");
}

TEST(ProvingLauncher, fails_a_launch_that_does_not_show_its_lever) {
  const BootLog log = launched("DMI: pc\n", "mine", {proved_by({q35_line})});
  EXPECT_FALSE(log.ok());
  EXPECT_EQ(log.end->reason, "the lever had no effect: no line of the console matches "
                             "\"DMI: .*Q35\"");
}

TEST(ProvingLauncher, asks_no_proof_of_the_boot_as_it_is) {
  EXPECT_TRUE(launched("DMI: pc\n", "", {proved_by({q35_line})}).ok());
}

TEST(ProvingLauncher, keeps_the_lines_of_the_boot_as_it_is_alone) {
  FakeLauncher launcher([](int number) {
    BootLog log = with_console(number == 2 ? "broken\n" : number == 1 ? "lever\n" : "as it is\n");
    log.end->ok = number != 2;
    return log;
  });
  const std::vector<Lever> levers = {proved_by({})};
  ProvingLauncher prover(launcher, levers);
  EXPECT_FALSE(prover.as_it_is());
  LaunchRequest base, with_lever;
  base.mode = with_lever.mode = Mode::counted;
  with_lever.lever = "mine";
  ASSERT_TRUE(prover.launch(base));
  ASSERT_TRUE(prover.launch(with_lever));
  ASSERT_TRUE(prover.launch(base)) << "it failed, and is a log all the same";
  ASSERT_TRUE(prover.as_it_is());
  EXPECT_EQ(prover.as_it_is()->console, std::vector<std::string>{"as it is"});
}

TEST(ProvingLauncher, asks_no_proof_of_a_quiet_launch_and_learns_nothing_from_it) {
  FakeLauncher launcher([](int number) { return with_console(number == 0 ? "as it is\n" : ""); });
  const std::vector<Lever> levers = {proved_by({q35_line})};
  ProvingLauncher prover(launcher, levers);
  LaunchRequest counted, quiet, with_lever;
  counted.mode = Mode::counted;
  with_lever.lever = "mine";
  ASSERT_TRUE(prover.launch(counted));
  ASSERT_TRUE(prover.launch(quiet));
  EXPECT_TRUE(prover.launch(with_lever)->ok());
  ASSERT_TRUE(prover.as_it_is());
  EXPECT_EQ(prover.as_it_is()->console, std::vector<std::string>{"as it is"});
}

TEST(ProvingLauncher, fails_a_quiet_launch_whose_qemu_does_not_show_its_lever) {
  FakeLauncher launcher([](int number) {
    BootLog log = with_console("");
    log.end->environment["qemu_arguments"] = number == 0 ? "aio=native" : "aio=threads";
    return log;
  });
  const std::vector<Lever> levers = {proved_by({native_aio})};
  ProvingLauncher prover(launcher, levers);
  LaunchRequest quiet;
  quiet.lever = "mine";
  EXPECT_TRUE(prover.launch(quiet)->ok());
  const Result<BootLog> log = prover.launch(quiet);
  EXPECT_FALSE(log->ok());
  EXPECT_EQ(log->end->reason,
            "the lever had no effect: no argument of the qemu that ran matches \"aio=native\"");
}

TEST(ProvingLauncher, leaves_a_failed_launch_its_reason) {
  FakeLauncher launcher([](int) { return hung(); });
  const std::vector<Lever> levers = {proved_by({q35_line})};
  ProvingLauncher prover(launcher, levers);
  LaunchRequest request;
  request.lever = "mine";
  EXPECT_EQ(prover.launch(request)->end->reason, "hung");
}

TEST(ProvingLauncher, passes_on_that_nothing_could_be_launched) {
  FakeLauncher launcher([](int) -> Result<BootLog> { return fail(ErrorKind::io, "no worker"); });
  const std::vector<Lever> levers;
  ProvingLauncher prover(launcher, levers);
  const auto log = prover.launch({});
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().message, "no worker");
}

} // namespace
} // namespace bootperf
