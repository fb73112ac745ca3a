// The wrapper with a qemu that only tells what it was asked.

#include "capture/counter/preparation.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/argument_edits.h"
#include "capture/counter/settings.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

class Wrapper : public ::testing::Test {
protected:
  std::filesystem::path script(const std::string &name, const std::string &text) const {
    const auto file = directory.path() / name;
    EXPECT_TRUE(replace_file(file, "#!/bin/sh\n" + text + "\n"));
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    return file;
  }

  Result<CommandOutput> run(const std::map<std::string, std::string> &environment,
                            const std::vector<std::string> &arguments) const {
    std::vector<std::string> command = {"/usr/bin/env"};
    for (const auto &[name, value] : environment) {
      command.push_back(name + "=" + value);
    }
    command.push_back(counter_programs().wrapper);
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run_command(command);
  }

  testing::TemporaryDirectory directory;
  const Counter counter{counter_programs().wrapper, "/plugin.so"};
  const std::string told = "echo theirs \"$@\"";
};

TEST_F(Wrapper, LeavesQuestionsAboutQemuAlone) {
  const auto output = run({{"BOOTPERF_HV", script("qemu", told)}}, {"-display", "none", "-help"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->text, "theirs -display none -help\n");
}

TEST_F(Wrapper, GivesTheApplianceToTheUsersHypervisor) {
  const auto launch = prepare_counted_launch(directory.path(), script("qemu", told), counter);
  ASSERT_TRUE(launch);
  const auto output = run(launch->environment, {"-rtc", "driftfix=slew", "-kernel", "/k"});
  ASSERT_TRUE(output);
  EXPECT_TRUE(output->text.starts_with("theirs -kernel /k ")) << output->text;
  EXPECT_NE(output->text.find(" -icount shift=0"), std::string::npos) << output->text;
  EXPECT_NE(output->text.find("/plugin.so,page=" + launch->page_file.string()), std::string::npos)
      << output->text;
}

TEST_F(Wrapper, PassesOnHowTheHypervisorEnded) {
  const auto output = run({{"BOOTPERF_HV", script("qemu", "exit 7")}}, {"-help"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 7);
}

TEST_F(Wrapper, FallsBackToTheDefaultHypervisor) {
  const auto qemu = script("qemu-system-x86_64", told);
  const auto path = directory.path().string() + ":/usr/bin:/bin";
  const auto output = run({{"BOOTPERF_HV", ""}, {"PATH", path}}, {"-help"});
  ASSERT_TRUE(output);
#if defined(__x86_64__)
  EXPECT_EQ(output->text, "theirs -help\n");
#endif
}

TEST_F(Wrapper, NeverRunsItself) {
  const auto output = run({{"BOOTPERF_HV", counter_programs().wrapper}}, {"-help"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 126);
  EXPECT_NE(output->text.find("would run itself"), std::string::npos) << output->text;
}

TEST_F(Wrapper, SaysWhichHypervisorIsMissing) {
  const auto missing = directory.path() / "missing";
  const auto output = run({{"BOOTPERF_HV", missing}}, {"-help"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 127);
  EXPECT_NE(output->text.find(missing), std::string::npos) << output->text;
}

TEST_F(Wrapper, LaunchesNothingUncounted) {
  const auto output = run({{"BOOTPERF_HV", script("qemu", told)}}, {"-kernel", "/k"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 126);
  EXPECT_EQ(output->text.find("theirs"), std::string::npos) << output->text;
}

class EditedArguments : public Wrapper {
protected:
  /// The wrapper with a hypervisor that tells its arguments, and this file of edits.
  Result<CommandOutput> run_edited(const std::string &edits,
                                   const std::vector<std::string> &arguments) const {
    const auto file = directory.path() / "edits.json";
    EXPECT_TRUE(replace_file(file, edits));
    return run({{"BOOTPERF_HV", script("qemu", told)}, {"BOOTPERF_EDITS", file}}, arguments);
  }

  const std::string q35 = edits_text({ReplacedValue{"-machine", "^accel=", "q35,accel="}});
};

TEST_F(EditedArguments, AreWhatTheApplianceIsLaunchedWith) {
  const auto output = run_edited(q35, {"-machine", "accel=tcg", "-kernel", "/k"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->text, "theirs -machine q35,accel=tcg -kernel /k\n");
  EXPECT_EQ(output->status, 0);
}

TEST_F(EditedArguments, LeaveQuestionsAboutQemuAlone) {
  const auto output = run_edited(q35, {"-machine", "accel=tcg", "-qmp", "stdio"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->text, "theirs -machine accel=tcg -qmp stdio\n");
}

TEST_F(EditedArguments, AreCountedAsOthersAre) {
  const auto launch = prepare_counted_launch(directory.path(), script("qemu", told), counter);
  ASSERT_TRUE(launch);
  auto environment = launch->environment;
  environment["BOOTPERF_EDITS"] = directory.path() / "edits.json";
  ASSERT_TRUE(replace_file(environment["BOOTPERF_EDITS"], q35));
  const auto output = run(environment, {"-machine", "accel=tcg", "-kernel", "/k"});
  ASSERT_TRUE(output);
  EXPECT_TRUE(output->text.starts_with("theirs -machine q35,accel=tcg -kernel /k "))
      << output->text;
  EXPECT_NE(output->text.find("/plugin.so,page="), std::string::npos) << output->text;
}

TEST_F(EditedArguments, ThatFindNothingLaunchNothing) {
  const auto output = run_edited(q35, {"-machine", "pc", "-kernel", "/k"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 126);
  EXPECT_NE(output->text.find("no -machine has a value that matches"), std::string::npos)
      << output->text;
  EXPECT_EQ(output->text.find("theirs"), std::string::npos) << output->text;
}

TEST_F(EditedArguments, ThatCannotBeReadLaunchNothing) {
  const auto bad = run_edited("{\"edits\": [\n{}]}", {"-kernel", "/k"});
  ASSERT_TRUE(bad);
  EXPECT_EQ(bad->status, 126);
  EXPECT_NE(bad->text.find("edits.json:2:1: "), std::string::npos) << bad->text;
  const auto missing = run({{"BOOTPERF_HV", script("qemu", told)}, {"BOOTPERF_EDITS", "/no/such"}},
                           {"-kernel", "/k"});
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->status, 126);
  EXPECT_NE(missing->text.find("/no/such"), std::string::npos) << missing->text;
}

class Preparation : public Wrapper {};

TEST_F(Preparation, PutsTheKernelArgumentsInOneLine) {
  const auto launch = prepare_counted_launch(directory.path(), "", counter);
  ASSERT_TRUE(launch);
  EXPECT_NE((" " + launch->kernel_arguments + " ").find(" lpj="), std::string::npos);
  EXPECT_NE((" " + launch->kernel_arguments + " ").find(" nokaslr "), std::string::npos);
  EXPECT_FALSE(launch->page.counting());
}

TEST_F(Preparation, SaysWhichProgramIsMissing) {
  const auto found = find_counter(directory.path(), "", {"/nowhere/hv", {}});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_measured);
  EXPECT_NE(found.error().message.find("/nowhere/hv"), std::string::npos);
}

TEST_F(Preparation, FindsThatARealQemuCanCount) {
  if (find_program("qemu-system-x86_64").empty()) {
    GTEST_SKIP() << "no qemu-system-x86_64";
  }
  const auto found = find_counter(directory.path(), "qemu-system-x86_64");
  EXPECT_TRUE(found) << to_text(found.error());
}

TEST_F(Preparation, SaysWhyAQemuCannotCount) {
  const auto qemu = script("qemu", "echo 'qemu: -plugin: invalid option' >&2; exit 1");
  const auto found = find_counter(directory.path(), qemu);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_measured);
  EXPECT_NE(found.error().message.find("invalid option"), std::string::npos);
}

// What qemu 10 does, with the page marked as by a plugin that counts.
TEST_F(Preparation, TakesThePluginThatQemuDoes) {
  const auto qemu = script("qemu", R"(
all="$*"
case "$all" in
  *_api7.so*) echo 'Could not load plugin: requires API version 7' >&2; exit 1;;
  *_api2.so*) page=${all#*,page=}; printf '\\1' | dd of="${page%% *}" bs=1 seek=12 conv=notrunc;;
  *) echo 'which one?' >&2; exit 2;;
esac)");
  const auto found = find_counter(directory.path(), qemu);
  ASSERT_TRUE(found) << to_text(found.error());
  EXPECT_EQ(found->plugin.filename(), "libbootperf_counter_api2.so");
  EXPECT_EQ(found->wrapper, counter_programs().wrapper);
}

TEST_F(Preparation, SaysWhichPluginsAQemuRefuses) {
  const auto qemu = script("qemu", "echo 'Could not load plugin: requires API version 7, but this "
                                   "QEMU supports only a minimum version of 9' >&2; exit 1");
  const auto found = find_counter(directory.path(), qemu);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_measured);
  EXPECT_NE(found.error().message.find("takes no plugin of API 7, 2, 1 (exit 1): Could not load"),
            std::string::npos)
      << found.error().message;
  EXPECT_NE(found.error().message.find("a minimum version of 9"), std::string::npos);
}

TEST_F(Preparation, BelievesOnlyAPluginThatCounts) {
  const auto found = find_counter(directory.path(), script("qemu", "exit 0"));
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_measured);
}

TEST_F(Preparation, SaysThatThereIsNoSuchHypervisor) {
  const auto found = find_counter(directory.path(), directory.path() / "missing");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::not_measured);
}

} // namespace
} // namespace bootperf
