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

using testing::guest_image;
using testing::guest_instructions;

constexpr const char *qemu = "qemu-system-x86_64";

class Plugin : public ::testing::Test {
protected:
  void SetUp() override {
    if (find_program(qemu).empty()) {
      GTEST_SKIP() << "no " << qemu;
    }
  }

  Result<CommandOutput> run(const std::string &image, std::vector<std::string> more) const {
    const auto firmware = directory.path() / "guest.bin";
    EXPECT_TRUE(replace_file(firmware, image));
    std::vector<std::string> arguments = {
        qemu,       "-display",     "none",       "-nodefaults",     "-no-user-config",
        "-machine", "pc,accel=tcg", "-no-reboot", "-device",         "isa-debug-exit,iobase=0xf4",
        "-bios",    firmware,       "-icount",    "shift=0,sleep=on"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, std::chrono::seconds(60));
  }

  std::string plugin(const std::string &page) const {
    return plugin_argument(counter_programs().plugin, page);
  }

  // isa-debug-exit ends qemu with twice the value written and one.
  static constexpr int guest_ended = 1;

  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page,with a comma";
};

TEST_F(Plugin, CountsEveryInstructionOfTheGuest) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(100'000), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, guest_ended) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), guest_instructions(100'000));
}

TEST_F(Plugin, CountsTheSameByCallsAsNewerQemusNeedThem) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(100'000), {"-plugin", plugin(file) + ",inline=off"});
  ASSERT_TRUE(output);
  EXPECT_EQ(page->instructions(), guest_instructions(100'000)) << output->text;
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

// Stands in for qemu 9.0 and later, which count through calls and refuse plugins of API 1.
class NewerQemu : public ::testing::Test {
protected:
  Result<CommandOutput> run(const std::string &oldest, const std::string &newest) const {
    return run_command(
        {program_directory() / "newer_qemu", counter_programs().plugin, file, oldest, newest});
  }

  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page";
};

TEST_F(NewerQemu, IsCountedOnEveryVirtualProcessor) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run("2", "6");
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), 3u * 7u);
}

TEST_F(NewerQemu, IsRefusedWhenItHasDroppedTheApi) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run("3", "8");
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 1);
  EXPECT_NE(output->text.find("this qemu takes plugins of API 3 to 8"), std::string::npos)
      << output->text;
  EXPECT_FALSE(page->counting());
}

} // namespace
} // namespace bootperf
