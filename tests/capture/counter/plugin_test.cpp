// The plugin in the real qemu, under icount as in counted launches, with guests that execute a
// known number of instructions.

#include "capture/counter/counter_page.h"

#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/arguments.h"
#include "capture/counter/guest.h"
#include "capture/counter/page.h"
#include "capture/counter/preparation.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

using testing::behind_the_fault;
using testing::faulting_guest_image;
using testing::faulting_guest_instructions;
using testing::guest_image;
using testing::guest_instructions;

constexpr const char *qemu = "qemu-system-x86_64";

class Plugin : public ::testing::Test {
protected:
  void SetUp() override {
    if (find_program(qemu).empty()) {
      GTEST_SKIP() << "no " << qemu;
    }
    const auto found = find_counter(directory.path(), qemu);
    ASSERT_TRUE(found) << to_text(found.error());
    counter = *found;
  }

  Result<CommandOutput> run(const std::string &image, std::vector<std::string> more) const {
    const auto firmware = directory.path() / "guest.bin";
    EXPECT_TRUE(replace_file(firmware, image));
    std::vector<std::string> arguments = {qemu,           "-display",        "none",
                                          "-nodefaults",  "-no-user-config", "-machine",
                                          "pc,accel=tcg", "-no-reboot",      "-bios",
                                          firmware,       "-icount",         "shift=0,sleep=on"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, std::chrono::seconds(60));
  }

  std::string plugin(const std::string &page) const {
    return plugin_argument(counter.plugin, page);
  }

  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page,with a comma";
  Counter counter;
};

TEST_F(Plugin, CountsEveryInstructionOfTheGuest) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(100'000), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), guest_instructions(100'000));
}

TEST_F(Plugin, CountsABlockThatAFaultLeavesWholeAndItsRestOnceMore) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(faulting_guest_image(), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_EQ(page->instructions(), faulting_guest_instructions + behind_the_fault);
}

TEST_F(Plugin, RefusesToCountWithoutAPage) {
  const auto output = run(guest_image(1), {"-plugin", plugin(directory.path() / "missing")});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("bootperf counter: no counter page"), std::string::npos)
      << output->text;
}

TEST_F(Plugin, RefusesAPageOfAnotherVersion) {
  BootperfPage other = {};
  other.magic = BOOTPERF_PAGE_MAGIC;
  other.version = BOOTPERF_PAGE_VERSION + 1;
  std::string content(BOOTPERF_PAGE_SIZE, '\0');
  std::memcpy(content.data(), &other, sizeof other);
  ASSERT_TRUE(replace_file(file, content));

  const auto output = run(guest_image(1), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("bootperf counter: no counter page"), std::string::npos)
      << output->text;
  EXPECT_FALSE(CounterPage::open(file));
}

TEST_F(Plugin, RefusesArgumentsItDoesNotKnow) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(1), {"-plugin", plugin(file) + ",colour=red"});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("unknown argument colour=red"), std::string::npos) << output->text;
  EXPECT_FALSE(page->counting());
}

// Stands in for the qemus that are not installed here: one of each API that counts by calls.
class OtherQemu : public ::testing::TestWithParam<const char *> {
protected:
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page";
};

TEST_P(OtherQemu, IsCountedOnEveryVirtualProcessor) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const std::string api = GetParam();
  const auto output =
      run_command({program_directory() / ("qemu_stand_in_" + api),
                   program_directory() / ("libbootperf_counter_" + api + ".so"), file});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), 3u * 7u);
}

INSTANTIATE_TEST_SUITE_P(Plugin, OtherQemu, ::testing::Values("api2", "api7"),
                         [](const auto &name) { return std::string(name.param); });

} // namespace
} // namespace bootperf
