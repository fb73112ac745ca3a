#include "capture/launcher/event_counter.h"

#include <cstring>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/page.h"

namespace bootperf {
namespace {

class Counting : public ::testing::Test {
protected:
  void SetUp() override {
    std::filesystem::remove(file);
    content.magic = BOOTPERF_PAGE_MAGIC;
    content.version = BOOTPERF_PAGE_VERSION;
    content.ready = content.sees_output = content.knows_loops = content.knows_halts = 1;
  }

  // The page of a guest whose counts stand as `content` says.
  EventCounter counter() const {
    std::string bytes(BOOTPERF_PAGE_SIZE, '\0');
    std::memcpy(bytes.data(), &content, sizeof content);
    EXPECT_TRUE(replace_file(file, bytes));
    auto page = CounterPage::open(file);
    EXPECT_TRUE(page);
    return EventCounter(std::move(*page));
  }

  static Event event(Source source) {
    Event made;
    made.source = source;
    return made;
  }

  const std::filesystem::path file =
      std::filesystem::path(::testing::TempDir()) / "event_counter_test.page";
  BootperfPage content = {};
};

TEST_F(Counting, gives_console_bytes_what_was_counted_when_they_were_put_out) {
  content.output = {100, 5, 7, 8};
  content.latest = {300, 6, 70, 80};
  auto count = counter();
  Event line = event(Source::appliance);
  count(line);
  EXPECT_EQ(line.instructions, 105U);
  EXPECT_EQ(line.stalls, (Stalls{5, 7, 8}));
}

TEST_F(Counting, gives_other_events_the_latest_and_goes_back_for_none) {
  content.output = {100, 5, 7, 8};
  content.latest = {300, 6, 70, 80};
  auto count = counter();
  Event done = event(Source::launch_done);
  count(done);
  EXPECT_EQ(done.instructions, 306U);
  Event line = event(Source::appliance);
  count(line);
  EXPECT_EQ(line.instructions, 306U);
  EXPECT_EQ(line.stalls, (Stalls{6, 70, 80}));
}

TEST_F(Counting, says_nothing_before_anybody_counted) {
  content.ready = 0;
  auto count = counter();
  Event line = event(Source::library);
  count(line);
  EXPECT_FALSE(line.instructions);
  EXPECT_EQ(line.stalls, Stalls{});
}

TEST_F(Counting, leaves_out_what_is_not_known) {
  content.knows_loops = content.knows_halts = 0;
  content.latest = {300, 0, 0, 0};
  auto count = counter();
  Event done = event(Source::launch_done);
  count(done);
  EXPECT_EQ(done.instructions, 300U);
  EXPECT_EQ(done.stalls, Stalls{});
}

} // namespace
} // namespace bootperf
