#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "base/files.h"
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

// A `cat` with one variable in its environment. It has answered once before the constructor
// returns: between exec and the program's first steps /proc/PID/environ is still empty.
class Cat {
public:
  explicit Cat(std::string variable) {
    std::array<int, 2> to = {}, from = {};
    EXPECT_EQ(::pipe2(to.data(), O_CLOEXEC), 0);
    EXPECT_EQ(::pipe2(from.data(), O_CLOEXEC), 0);
    const FileDescriptor input(to[0]), output(from[1]), answer(from[0]);
    input_ = FileDescriptor(to[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.get(), STDOUT_FILENO);
    std::string name = "cat";
    char *arguments[] = {name.data(), nullptr};
    char *environment[] = {variable.data(), nullptr};
    EXPECT_EQ(::posix_spawn(&pid_, "/bin/cat", &actions, nullptr, arguments, environment), 0);
    ::posix_spawn_file_actions_destroy(&actions);
    char byte = 'x';
    EXPECT_EQ(::write(input_.get(), &byte, 1), 1);
    EXPECT_EQ(::read(answer.get(), &byte, 1), 1);
  }
  ~Cat() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

  pid_t pid() const { return pid_; }

private:
  FileDescriptor input_;
  pid_t pid_ = 0;
};

TEST(ProcessTable, finds_marked_processes) {
  const std::string mark = "BOOTPERF_TEST_MARK=" + std::to_string(::getpid());
  {
    const Cat marked(mark);
    EXPECT_EQ(processes_marked(mark), std::vector<pid_t>{marked.pid()});
    EXPECT_TRUE(processes_marked(mark + "0").empty()) << "another value";
  }
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
