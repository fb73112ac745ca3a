#include "capture/counter/counter_page.h"

#include <cstring>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/page.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

class Page : public ::testing::Test {
protected:
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page";
};

TEST_F(Page, IsSeenByAnotherReader) {
  const auto made = CounterPage::create(file);
  ASSERT_TRUE(made);
  const auto read = CounterPage::open(file);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->instructions(), 0u);
  EXPECT_FALSE(read->counting()) << "nobody has counted yet";
}

TEST_F(Page, TellsWorkFromSpinningAndWaiting) {
  ASSERT_TRUE(CounterPage::create(file));
  BootperfPage content = {};
  content.magic = BOOTPERF_PAGE_MAGIC;
  content.version = BOOTPERF_PAGE_VERSION;
  content.ready = 1;
  content.instructions = 42;
  content.spinning = 2;
  content.sees_halts = 1;
  content.waited_ns = 1'000;
  std::string bytes(BOOTPERF_PAGE_SIZE, '\0');
  std::memcpy(bytes.data(), &content, sizeof content);
  ASSERT_TRUE(replace_file(file, bytes));

  const auto page = CounterPage::open(file);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), 42u);
  EXPECT_EQ(page->counts().instructions, 42u);
  EXPECT_EQ(page->counts().spinning, 2u);
  EXPECT_EQ(page->counts().waiting, std::chrono::nanoseconds(1'000));
}

TEST_F(Page, KnowsNoWaitingWhereHaltsAreNotSeen) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  EXPECT_FALSE(page->counts().waiting);
}

TEST_F(Page, AddsTheHaltThatLasts) {
  ASSERT_TRUE(CounterPage::create(file));
  BootperfPage content = {};
  content.magic = BOOTPERF_PAGE_MAGIC;
  content.version = BOOTPERF_PAGE_VERSION;
  content.sees_halts = 1;
  content.waited_ns = 1'000;
  content.halted_since = 1; // since the machine was started
  std::string bytes(BOOTPERF_PAGE_SIZE, '\0');
  std::memcpy(bytes.data(), &content, sizeof content);
  ASSERT_TRUE(replace_file(file, bytes));

  const auto page = CounterPage::open(file);
  ASSERT_TRUE(page);
  const auto earlier = page->counts().waiting;
  EXPECT_GT(earlier, std::chrono::nanoseconds(1'000));
  EXPECT_GE(page->counts().waiting, earlier);
}

TEST_F(Page, IsNeverMadeOverAnotherFile) {
  ASSERT_TRUE(replace_file(file, "somebody's"));
  const auto page = CounterPage::create(file);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::io);
  EXPECT_EQ(read_file(file).value_or(""), "somebody's");
}

TEST_F(Page, OfAnotherSizeIsRefused) {
  ASSERT_TRUE(replace_file(file, "short"));
  const auto page = CounterPage::open(file);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::input);
}

TEST_F(Page, OfSomethingElseIsRefused) {
  ASSERT_TRUE(replace_file(file, std::string(BOOTPERF_PAGE_SIZE, 'x')));
  const auto page = CounterPage::open(file);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::input);
}

TEST_F(Page, ThatIsMissingIsAnIoError) {
  const auto page = CounterPage::open(directory.path() / "missing");
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, ErrorKind::io);
}

} // namespace
} // namespace bootperf
