#include "trend/store/postgresql_server.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include "base/process.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

/// The programs of the newest version, in the place where Debian has them.
std::optional<fs::path> programs() {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto &entry : fs::directory_iterator("/usr/lib/postgresql", error))
    if (fs::exists(entry.path() / "bin" / "initdb"))
      found.push_back(entry.path() / "bin");
  std::ranges::sort(found);
  return found.empty() ? std::nullopt : std::optional(found.back());
}

class Server {
public:
  explicit Server(fs::path programs) : programs_(std::move(programs)) {
    std::string path = (fs::temp_directory_path() / "bootperf-pg-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr)
      return;
    directory_ = path;
    // The server refuses to run as root; its package has made a user.
    const passwd *user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
    if (user != nullptr && ::chown(path.c_str(), user->pw_uid, user->pw_gid) == 0)
      prefix_ = {"/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"};
    const std::string data = path + "/data";
    started_ = run({"initdb", "-D", data, "-A", "trust", "-U", "postgres", "-N"}) &&
               run({"pg_ctl", "-D", data, "-w", "-l", path + "/log", "-o",
                    "-c listen_addresses='' -c fsync=off -k " + path, "start"});
  }

  ~Server() {
    if (started_)
      run({"pg_ctl", "-D", directory_.string() + "/data", "-w", "-m", "immediate", "stop"});
    std::error_code error;
    fs::remove_all(directory_, error);
  }

  Server(const Server &) = delete;
  Server &operator=(const Server &) = delete;

  bool started() const { return started_; }

  std::string new_database() {
    const std::string name = fmt::format("trend{}", count_++);
    soci::session session(soci::postgresql, uri("postgres"));
    session << "CREATE DATABASE " + name;
    return uri(name);
  }

private:
  std::string uri(const std::string &database) const {
    return fmt::format("postgresql:///{}?user=postgres&host={}", database, directory_.string());
  }

  bool run(std::vector<std::string> command) const {
    command[0] = (programs_ / command[0]).string();
    command.insert(command.begin(), prefix_.begin(), prefix_.end());
    const auto output = run_command(command, std::chrono::seconds(60));
    EXPECT_TRUE(output.has_value() && output->status == 0)
        << command[prefix_.size()] << ": " << (output ? output->text : output.error().message);
    return output && output->status == 0;
  }

  fs::path programs_, directory_;
  std::vector<std::string> prefix_;
  bool started_ = false;
  int count_ = 0;
};

} // namespace

std::optional<std::string> postgresql_database() {
  static const std::optional<fs::path> found = programs();
  if (!found)
    return std::nullopt;
  static Server server(*found);
  return server.started() ? std::optional(server.new_database()) : std::nullopt;
}

} // namespace bootperf
