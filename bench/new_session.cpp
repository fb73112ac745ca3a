#include "bench/new_session.h"

#include <chrono>
#include <string_view>
#include <thread>

#include <unistd.h>

#include "base/command.h"
#include "base/files.h"
#include "base/text.h"
#include "session/identity.h"

namespace bootperf {
namespace {

// /proc files have no size to go by; none of these is large.
constexpr std::size_t most_bytes = 1u << 20;

/// The text behind the first "KEY<spaces><separator>" of a line, without quotes, or "".
std::string field(std::string_view text, std::string_view key, char separator) {
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const auto at = line.find(separator);
    if (!line.starts_with(key) || at == std::string_view::npos) {
      continue;
    }
    auto value = line.substr(at + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\""), value.size()));
    return printable(value.substr(0, value.find_last_not_of(" \t\"") + 1));
  }
  return "";
}

std::string commit_here() {
  const auto output = run_command({"git", "rev-parse", "HEAD"});
  const auto commit = output && output->status == 0 ? output->text : "";
  return printable(std::string_view(commit).substr(0, commit.find('\n')));
}

std::map<std::string, std::string> host() {
  std::map<std::string, std::string> facts;
  const auto put = [&](const char *key, std::string value) {
    if (!value.empty()) {
      facts[key] = std::move(value);
    }
  };
  char name[256] = "";
  if (gethostname(name, sizeof name - 1) == 0) {
    put("name", printable(name));
  }
  const auto cpuinfo = read_file("/proc/cpuinfo", 16 * most_bytes).value_or("");
  put("cpu", field(cpuinfo, "model name", ':'));
  put("cores", std::to_string(std::thread::hardware_concurrency()));
  const auto load = read_file("/proc/loadavg", most_bytes).value_or("");
  put("load", printable(std::string_view(load).substr(0, load.find(' '))));
  put("os", field(read_file("/etc/os-release", most_bytes).value_or(""), "PRETTY_NAME", '='));
  return facts;
}

} // namespace

Session new_session(const Options &options) {
  const auto now = std::chrono::system_clock::now();
  Session session;
  session.seed = fresh_seed();
  session.id = session_id(now, fresh_seed());
  session.created = utc_text(now);
  session.commit = commit_here();
  session.host = host();
  session.environment = options.environment;
  return session;
}

} // namespace bootperf
