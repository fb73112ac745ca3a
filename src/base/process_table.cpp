#include "base/process_table.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/files.h"

namespace bootperf {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_proc_file = 8u << 20;

fs::path proc(pid_t pid, std::string_view name) {
  return fmt::format("/proc/{}/{}", pid, name);
}

std::vector<std::string> zero_separated(const std::string &text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\0', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

} // namespace

std::vector<pid_t> all_processes() {
  std::vector<pid_t> pids;
  std::error_code error;
  for (fs::directory_iterator entry("/proc", error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    pid_t pid = 0;
    const auto [last, wrong] = std::from_chars(name.data(), name.data() + name.size(), pid);
    if (wrong == std::errc() && last == name.data() + name.size()) {
      pids.push_back(pid);
    }
  }
  return pids;
}

std::vector<pid_t> processes_marked(std::string_view assignment) {
  std::vector<pid_t> marked;
  for (const pid_t pid : all_processes()) {
    const auto environment = read_file(proc(pid, "environ"), longest_proc_file);
    if (!environment || pid == ::getpid()) {
      continue;
    }
    const auto variables = zero_separated(*environment);
    if (std::find(variables.begin(), variables.end(), assignment) != variables.end()) {
      marked.push_back(pid);
    }
  }
  return marked;
}

std::vector<std::string> command_line(pid_t pid) {
  return zero_separated(read_file(proc(pid, "cmdline"), longest_proc_file).value_or(""));
}

fs::path executable(pid_t pid) {
  std::error_code error;
  return fs::read_symlink(proc(pid, "exe"), error);
}

std::optional<std::int64_t> peak_memory(pid_t pid) {
  std::istringstream status(read_file(proc(pid, "status"), longest_proc_file).value_or(""));
  constexpr std::string_view key = "VmHWM:";
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(key)) {
      std::int64_t kib = 0;
      std::istringstream(line.substr(key.size())) >> kib;
      return kib * 1024;
    }
  }
  return std::nullopt;
}

std::vector<std::string> open_files(pid_t pid) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(proc(pid, "fd"), error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code closed;
    const auto target = fs::read_symlink(entry->path(), closed);
    if (!closed) {
      files.push_back(target.string());
    }
  }
  return files;
}

std::vector<std::string> unix_socket_paths(pid_t pid) {
  const auto open = open_files(pid);
  const std::set<std::string> inodes(open.begin(), open.end());
  std::vector<std::string> paths;
  // Num RefCount Protocol Flags Type St Inode Path
  std::istringstream table(read_file(proc(pid, "net/unix"), longest_proc_file).value_or(""));
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string skipped, inode, path;
    for (int i = 0; i < 6; ++i) {
      fields >> skipped;
    }
    fields >> inode >> std::ws;
    std::getline(fields, path);
    if (path.starts_with('/') && inodes.contains("socket:[" + inode + "]")) {
      paths.push_back(path);
    }
  }
  return paths;
}

} // namespace bootperf
