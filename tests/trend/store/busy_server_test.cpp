// A PostgreSQL server of this machine that more connect to than it has taken up yet.

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "trend/store/database.h"

namespace bootperf {
namespace {

class BusyServer : public ::testing::Test {
protected:
  BusyServer() {
    std::string path = (std::filesystem::temp_directory_path() / "bootperf-busy-XXXXXX").string();
    EXPECT_NE(::mkdtemp(path.data()), nullptr);
    directory_ = path;
    address_.sun_family = AF_UNIX;
    const std::string file = path + "/.s.PGSQL.5432";
    file.copy(address_.sun_path, sizeof address_.sun_path - 1);
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(listening_, address(), sizeof address_), 0);
    EXPECT_EQ(::listen(listening_, 0), 0);
    fill_queue();
  }
  ~BusyServer() override {
    stop();
    for (const int client : clients_)
      ::close(client);
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }

  void stop() {
    if (listening_ >= 0)
      ::close(listening_);
    listening_ = -1;
  }

  Result<Database> connect(Patience patience) const {
    return Database::connect("postgresql:///trend?host=" + directory_.string(),
                             std::move(patience));
  }

private:
  const sockaddr *address() const { return reinterpret_cast<const sockaddr *>(&address_); }

  void fill_queue() {
    constexpr std::size_t more_than_wait = 16;
    while (clients_.size() < more_than_wait) {
      clients_.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
      if (::connect(clients_.back(), address(), sizeof address_) != 0) {
        EXPECT_EQ(errno, EAGAIN) << std::strerror(errno);
        return;
      }
    }
    FAIL() << "the queue is never full";
  }

  std::filesystem::path directory_;
  sockaddr_un address_ = {};
  int listening_ = -1;
  std::vector<int> clients_;
};

TEST_F(BusyServer, is_waited_for_with_a_word) {
  std::vector<std::string> told;
  Patience patience;
  patience.before_telling = std::chrono::milliseconds(0);
  patience.told = [&](const std::string &sentence) {
    told.push_back(sentence);
    stop();
  };
  const auto database = connect(patience);
  ASSERT_FALSE(database.has_value());
  EXPECT_EQ(told.size(), 1u);
  EXPECT_NE(database.error().message.find(std::strerror(ECONNREFUSED)), std::string::npos)
      << "it was tried again, and nobody listens any more: " << to_text(database.error());
}

TEST_F(BusyServer, is_an_error_once_patience_is_over) {
  Patience patience;
  patience.at_most = std::chrono::milliseconds(0);
  const auto database = connect(patience);
  ASSERT_FALSE(database.has_value());
  EXPECT_NE(database.error().message.find(std::strerror(EAGAIN)), std::string::npos)
      << to_text(database.error());
}

} // namespace
} // namespace bootperf
