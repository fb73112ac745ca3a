#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/file_descriptor.h"
#include "base/process_table.h"

namespace bootperf {
namespace {

TEST(ProcessTable, knows_this_process) {
  const auto pids = all_processes();
  EXPECT_NE(std::find(pids.begin(), pids.end(), ::getpid()), pids.end());
  EXPECT_FALSE(command_line(::getpid()).empty());
  EXPECT_FALSE(executable(::getpid()).empty());
  EXPECT_GT(peak_memory(::getpid()).value_or(0), 100'000);
}

TEST(ProcessTable, finds_marked_processes) {
  const std::string mark = "BOOTPERF_TEST_MARK=" + std::to_string(::getpid());
  std::string name = "sleep", time = "100", variable = mark;
  char *arguments[] = {name.data(), time.data(), nullptr};
  char *environment[] = {variable.data(), nullptr};
  pid_t pid = 0;
  ASSERT_EQ(::posix_spawn(&pid, "/bin/sleep", nullptr, nullptr, arguments, environment), 0);
  EXPECT_EQ(processes_marked(mark), std::vector<pid_t>{pid});
  EXPECT_TRUE(processes_marked(mark + "0").empty()) << "another value";
  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  EXPECT_TRUE(processes_marked(mark).empty());
}

TEST(ProcessTable, finds_bound_sockets) {
  const std::string path = testing::TempDir() + "socket-" + std::to_string(::getpid());
  const FileDescriptor listening(::socket(AF_UNIX, SOCK_STREAM, 0));
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(listening.get(), reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
  EXPECT_EQ(unix_socket_paths(::getpid()), std::vector<std::string>{path});
  ::unlink(path.c_str());
}

TEST(ProcessTable, says_nothing_of_a_process_that_is_not_there) {
  constexpr pid_t nobody = 0x7FFFFFF;
  EXPECT_TRUE(command_line(nobody).empty());
  EXPECT_TRUE(open_files(nobody).empty());
  EXPECT_FALSE(peak_memory(nobody));
}

} // namespace
} // namespace bootperf
