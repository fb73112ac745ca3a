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

TEST_F(Page, SumsOverTheVirtualProcessors) {
  ASSERT_TRUE(CounterPage::create(file));
  BootperfPage content = {};
  content.magic = BOOTPERF_PAGE_MAGIC;
  content.version = BOOTPERF_PAGE_VERSION;
  content.ready = 1;
  content.slots[0] = 40;
  content.slots[BOOTPERF_PAGE_SLOTS - 1] = 2;
  std::string bytes(BOOTPERF_PAGE_SIZE, '\0');
  std::memcpy(bytes.data(), &content, sizeof content);
  ASSERT_TRUE(replace_file(file, bytes));

  const auto page = CounterPage::open(file);
  ASSERT_TRUE(page);
  EXPECT_EQ(page->instructions(), 42u);
  EXPECT_TRUE(page->counting());
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
