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

  /// A page in which a plugin has counted that knows nothing of its guest.
  static BootperfPage page_of_a_plugin() {
    BootperfPage content = {};
    content.magic = BOOTPERF_PAGE_MAGIC;
    content.version = BOOTPERF_PAGE_VERSION;
    content.ready = 1;
    return content;
  }

  Result<CounterPage> page_with(const BootperfPage &content) const {
    std::string bytes(BOOTPERF_PAGE_SIZE, '\0');
    std::memcpy(bytes.data(), &content, sizeof content);
    EXPECT_TRUE(replace_file(file, bytes));
    return CounterPage::open(file);
  }
};

TEST_F(Page, IsSeenByAnotherReader) {
  const auto made = CounterPage::create(file);
  ASSERT_TRUE(made);
  const auto read = CounterPage::open(file);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->instructions(), 0u);
  EXPECT_FALSE(read->counting()) << "nobody has counted yet";
}

TEST_F(Page, TellsWorkFromSpinningAndTwoKindsOfWaiting) {
  BootperfPage content = page_of_a_plugin();
  content.knows_loops = 1;
  content.knows_halts = 1;
  content.latest = {40, 2, 1'000, 300};
  const auto page = page_with(content);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), 42u);
  const auto counts = page->counts();
  EXPECT_EQ(counts.instructions, 42u);
  EXPECT_EQ(counts.spinning, 2u);
  EXPECT_EQ(counts.waiting, std::chrono::nanoseconds(1'000));
  EXPECT_EQ(counts.host_waiting, std::chrono::nanoseconds(300));
}

TEST_F(Page, KnowsNoSpinningWhereLoopsAreUnknown) {
  const auto page = page_with(page_of_a_plugin());
  ASSERT_TRUE(page);
  EXPECT_FALSE(page->counts().spinning);
}

TEST_F(Page, KnowsNoWaitingWhereHaltsAreNotSeen) {
  const auto page = page_with(page_of_a_plugin());
  ASSERT_TRUE(page);
  EXPECT_FALSE(page->counts().waiting);
  EXPECT_FALSE(page->counts().host_waiting);
}

TEST_F(Page, HasTheCountsOfTheLastOutputBesideTheLatest) {
  BootperfPage content = page_of_a_plugin();
  content.latest = {50, 0, 0, 0};
  content.output = {40, 0, 0, 0};
  EXPECT_EQ(page_with(content)->counts_at_output().instructions, 50u) << "output is not seen";
  content.sees_output = 1;
  EXPECT_EQ(page_with(content)->counts_at_output().instructions, 40u);
  EXPECT_EQ(page_with(content)->counts().instructions, 50u);
}

TEST_F(Page, IsReadThoughItsQemuWasKilledInTheMiddleOfATurn) {
  BootperfPage content = page_of_a_plugin();
  content.turns = 7;
  content.latest = {40, 2, 0, 0};
  EXPECT_EQ(page_with(content)->counts().instructions, 42u);
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
