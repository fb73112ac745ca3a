#include <chrono>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <thread>

#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "capture/facts/host.h"
#include "session/new_session.h"

namespace bootperf {

namespace {

constexpr std::size_t most_bytes = 1u << 20;

// Git refuses a checkout that belongs to somebody else, as one that is mounted into a container
// does, since its configuration could name programs to run. Reading where HEAD is runs none.
std::string commit_here() {
  return printable(first_line(output_of({"git", "-c", "safe.directory=*", "rev-parse", "HEAD"})));
}

std::map<std::string, std::string> host() {
  auto known = host_environment();
  std::map<std::string, std::string> facts = {
      {"name", known["host"]},
      {"cpu", known["cpu_model"]},
      {"os", known["os"]},
      {"cores", std::to_string(std::thread::hardware_concurrency())}};
  const auto load = read_file("/proc/loadavg", most_bytes).value_or("");
  facts["load"] = printable(std::string_view(load).substr(0, load.find(' ')));
  std::erase_if(facts, [](const auto &fact) { return fact.second.empty(); });
  return facts;
}

} // namespace

Session new_session(const std::map<std::string, std::string> &environment) {
  const auto now = std::chrono::system_clock::now();
  Session session;
  session.seed = fresh_seed();
  session.id = session_id(now, fresh_seed());
  session.created = utc_text(now);
  session.commit = commit_here();
  session.host = host();
  session.environment = environment;
  return session;
}

std::string session_id(std::chrono::system_clock::time_point when, std::uint64_t random) {
  return fmt::format("{:%Y%m%dT%H%M%SZ}-{:08x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(when)),
                     static_cast<std::uint32_t>(random ^ (random >> 32)));
}

std::uint64_t fresh_seed() {
  std::random_device device;
  const std::uint64_t high = device();
  return ((high << 32) | device()) & ((std::uint64_t{1} << 53) - 1);
}

} // namespace bootperf
