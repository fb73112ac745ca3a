#include "guest/console.h"

#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <thread>
#include <unistd.h>

#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

using namespace std::chrono_literals;

/// A console whose other end the test holds.
class Console : public ::testing::Test {
protected:
  Console() {
    std::signal(SIGPIPE, SIG_IGN); // of a guest whose console nobody reads
    int ends[2] = {-1, -1};
    EXPECT_EQ(::pipe(ends), 0);
    read_end = FileDescriptor(ends[0]);
    write_end = FileDescriptor(ends[1]);
  }

  void prints(std::string_view text) const { EXPECT_TRUE(write_all(write_end.get(), text)); }

  /// How following it ends; what it said is in the log then.
  ConsoleEnd followed(const std::string &up, std::chrono::milliseconds deadline = 60s,
                      int interruption = -1) {
    const std::string path = directory.path() / "log.jsonl";
    FileDescriptor log(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600));
    EXPECT_TRUE(write_all(log.get(), header_line({{"mode", "traced"}})));
    ConsoleEnd end = ConsoleEnd::up;
    {
      GuestConsole console(std::move(log), up, std::nullopt);
      console.launched();
      end = console.follow(read_end.get(), deadline, interruption);
      loss = console.loss();
    }
    const Result<BootLog> read = read_boot_log(path);
    EXPECT_TRUE(read);
    events = read ? read->events : std::vector<Event>{};
    return end;
  }

  testing::TemporaryDirectory directory;
  FileDescriptor read_end, write_end;
  std::vector<Event> events;
  int loss = 0;
};

TEST_F(Console, is_up_with_the_line_that_matches) {
  prints("booting\nlogin: ");
  EXPECT_EQ(followed("^login:"), ConsoleEnd::up);
  ASSERT_EQ(events.size(), 5u);
  EXPECT_EQ(events[0].source, Source::enter);
  EXPECT_EQ(events[1].message, "guest started");
  EXPECT_EQ(events[2].message, "booting\nlogin: ");
  EXPECT_EQ(events[3].message, "guest is up");
  EXPECT_EQ(events[4].source, Source::launch_done);
}

TEST_F(Console, is_up_when_the_line_comes_in_pieces) {
  std::thread guest([&] {
    for (const char *piece : {"x\nlo", "g", "in", ":"})
      prints(piece);
  });
  EXPECT_EQ(followed("^login:"), ConsoleEnd::up);
  guest.join();
}

TEST_F(Console, is_not_up_with_the_words_of_two_lines) {
  prints("log\nin:\n");
  write_end.close();
  EXPECT_EQ(followed("^log.?in:"), ConsoleEnd::closed);
}

TEST_F(Console, takes_any_bytes_and_a_line_without_end) {
  prints(std::string(50'000, 'x') + std::string("\0\xff\x1b[2J", 6) + "up");
  EXPECT_EQ(followed("up$"), ConsoleEnd::up);
}

TEST_F(Console, that_says_nothing_ends_at_the_deadline) {
  EXPECT_EQ(followed("up", 1ms), ConsoleEnd::deadline);
}

TEST_F(Console, stops_when_it_is_interrupted) {
  int ends[2] = {-1, -1};
  ASSERT_EQ(::pipe(ends), 0);
  const FileDescriptor raised(ends[0]), raising(ends[1]);
  ASSERT_TRUE(write_all(raising.get(), "!"));
  EXPECT_EQ(followed("up", 60s, raised.get()), ConsoleEnd::interrupted);
}

TEST_F(Console, lines_end_before_their_carriage_return) {
  prints("hello\r\nmore");
  EXPECT_EQ(followed("^hello$"), ConsoleEnd::up);
}

TEST_F(Console, that_prints_without_end_is_lost) {
  std::thread guest([&] {
    const std::string text(100'000, 'x');
    while (write_all(write_end.get(), text)) {
    }
  });
  EXPECT_EQ(followed("up"), ConsoleEnd::lost);
  EXPECT_EQ(loss, 0);
  read_end.close();
  guest.join();
}

} // namespace
} // namespace bootperf
