#include "capture/launcher/event_stream.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

class EventStreamTest : public testing::Test {
protected:
  EventStreamTest() : path_(testing::TempDir() + "event-stream-" + std::to_string(::getpid())) {}
  ~EventStreamTest() override { std::filesystem::remove(path_); }

  /// Has the events written; returns what the log failed by.
  int stream(const std::vector<Event> &events) {
    std::atomic<int> failed = 0;
    {
      FileDescriptor log(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
      EventStream stream(std::move(log), {[](const Event &) {}, [&](int code) { failed = code; }});
      for (const Event &event : events) {
        stream.push(event);
      }
    }
    return failed;
  }

  std::string path_;
};

TEST_F(EventStreamTest, has_all_events_on_disk_when_it_ends) {
  EXPECT_EQ(stream({{1, Source::appliance, "a", {}}, {2, Source::close, "", {}}}), 0);
  EXPECT_EQ(read_file(path_).value(),
            event_line({1, Source::appliance, "a", {}}) + event_line({2, Source::close, "", {}}));
}

TEST_F(EventStreamTest, stops_at_a_hypervisor_that_prints_without_end) {
  const Event much{1, Source::appliance, std::string(8u << 20U, 'x'), {}};
  EXPECT_EQ(stream(std::vector<Event>(10, much)), EFBIG);
  EXPECT_LE(std::filesystem::file_size(path_), EventStream::most_bytes);
}

} // namespace
} // namespace bootperf
