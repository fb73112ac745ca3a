#include <poll.h>

#include <gtest/gtest.h>

#include "base/process.h"

namespace bootperf {
namespace {

using std::chrono::milliseconds;

TEST(Command, gives_output_and_status) {
  const auto output = run_command({"sh", "-c", "echo out; echo err >&2; exit 3"});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->text, "out\nerr\n");
  EXPECT_EQ(output->status, 3);
}

TEST(Command, names_a_program_that_is_not_there) {
  const auto output = run_command({"no-such-program"});
  ASSERT_FALSE(output);
  EXPECT_EQ(output.error().kind, ErrorKind::io);
  EXPECT_NE(output.error().message.find("no-such-program"), std::string::npos);
}

TEST(Command, ends_what_does_not_end) {
  EXPECT_FALSE(run_command({"sleep", "100"}, milliseconds(20)));
  EXPECT_FALSE(run_command({"sh", "-c", "exec >&- 2>&-; sleep 100"}, milliseconds(20)))
      << "with its output closed";
}

TEST(Command, leaves_nothing_running_and_waits_for_nothing_in_the_background) {
  const auto output =
      run_command({"sh", "-c", "echo out; sleep 100 & echo $!"}, milliseconds(50'000));
  ASSERT_TRUE(output) << to_text(output.error());
  ASSERT_TRUE(output->text.starts_with("out\n"));
  const pid_t background = static_cast<pid_t>(std::stol(output->text.substr(4)));
  // Killed, though whoever inherited it may not have reaped it yet.
  const FileDescriptor handle = process_handle(background);
  pollfd ending = {handle.get(), POLLIN, 0};
  EXPECT_TRUE(!handle || ::poll(&ending, 1, 10'000) == 1);
}

TEST(Command, bounds_the_output) {
  EXPECT_FALSE(run_command({"cat", "/dev/zero"}, std::chrono::seconds(10), 10'000));
}

TEST(Program, is_found_through_the_path) {
  EXPECT_FALSE(find_program("sh").empty());
  EXPECT_EQ(find_program("/bin/sh"), "/bin/sh");
  EXPECT_TRUE(find_program("no-such-program").empty());
  EXPECT_FALSE(program_directory().empty());
}

} // namespace
} // namespace bootperf
