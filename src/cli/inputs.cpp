#include "cli/inputs.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <unistd.h>

#include "base/files.h"
#include "base/gzip.h"
#include "capture/log/text_log.h"
#include "phases/lines.h"
#include "phases/rules.h"
#include "session/collect.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

// A boot log is told by its first line, a session or a set of them by its first key: none has to be
// read whole, and a damaged one is still reported by the reader that knows its format.
bool is_boot_log(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  const std::size_t key = first.find("\"bootlog\"");
  return first.starts_with('{') && key != std::string_view::npos && key < first.find("\"session");
}

bool is_session(std::string_view text) {
  constexpr std::size_t head = 200;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && text[start] == '{' &&
         text.substr(0, head).find("\"session") != std::string_view::npos;
}

// As much as the larger of the two may hold.
constexpr std::size_t max_input_bytes = std::max(max_session_bytes, max_boot_log_bytes);

Result<std::string> read_packed(const std::string &file) {
  if (file != "-")
    return read_packed_file(file, max_input_bytes);
  const std::string name = "standard input";
  return unpacked(read_all(STDIN_FILENO, name, max_input_bytes, std::chrono::milliseconds(-1)),
                  max_input_bytes, name);
}

Result<void> read_input(const std::string &file, Inputs &inputs) {
  const Result<std::string> text = read_packed(file);
  if (!text)
    return tl::unexpected(text.error());
  if (is_boot_log(*text)) {
    Result<BootLog> log = parse_boot_log(*text, file);
    if (!log)
      return tl::unexpected(log.error());
    inputs.logs.push_back(std::move(*log));
    return {};
  }
  if (!is_session(*text)) {
    Result<std::vector<BootLog>> logs = parse_text_log(*text, file);
    if (!logs)
      return fail(ErrorKind::input,
                  "neither a boot log (its first line would hold \"bootlog\") nor a session (which "
                  "would begin with \"session\") nor a launch's output as text: " +
                      logs.error().message,
                  {file, 1, 0});
    std::ranges::move(*logs, std::back_inserter(inputs.logs));
    return {};
  }
  Result<std::vector<Session>> sessions = parse_sessions(*text, file);
  if (!sessions)
    return tl::unexpected(sessions.error());
  std::ranges::move(*sessions, std::back_inserter(inputs.sessions));
  return {};
}

namespace fs = std::filesystem;

Result<std::vector<std::string>> logs_in(const std::string &directory) {
  std::error_code error;
  std::vector<std::string> files;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error))
    if (entry->path().extension() == ".jsonl")
      files.push_back(entry->path().string());
  if (error)
    return fail(ErrorKind::io, "cannot read the directory of boot logs: " + error.message(),
                {directory, 0, 0});
  std::ranges::sort(files);
  return files;
}

bool same_phases(const PhaseTree &one, const PhaseTree &other) {
  return std::ranges::equal(one.phases, other.phases, [](const Phase &left, const Phase &right) {
    return left.id == right.id && left.start_ns == right.start_ns && left.wall_ns == right.wall_ns;
  });
}

} // namespace

Result<Inputs> read_inputs(const std::vector<std::string> &files) {
  Inputs inputs;
  for (const std::string &file : files) {
    if (const Result<void> read = read_input(file, inputs); !read)
      return tl::unexpected(read.error());
  }
  return inputs;
}

bool holds_launches(const std::string &file) {
  // What is no regular file would be read away.
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    return false;
  const Result<std::string> text = read_packed_file(file, max_input_bytes);
  return text && (is_boot_log(*text) || is_session(*text));
}

std::vector<Launch> launches_from(const std::vector<BootLog> &logs, const Rules &rules) {
  std::vector<Launch> launches;
  for (const BootLog &log : logs) {
    LaunchLabel label;
    label.scenario = log.name;
    launches.push_back(to_launch(log, rules.split(log), label));
  }
  return launches;
}

Result<LaunchLines> lines_of_launches(const Session &session, const std::string &directory,
                                      const std::string &rules) {
  const Result<Rules> loaded = load_rules(rules);
  if (!loaded)
    return tl::unexpected(loaded.error());
  const Result<std::vector<std::string>> files = logs_in(directory);
  if (!files)
    return tl::unexpected(files.error());
  LaunchLines lines;
  for (const std::string &file : *files) {
    const Result<BootLog> log = read_boot_log(file);
    if (!log)
      return tl::unexpected(log.error());
    const PhaseTree phases = loaded->split(*log);
    for (std::size_t i = 0; i < session.launches.size(); ++i)
      if (same_phases(session.launches[i].phases, phases))
        lines.emplace(i, assemble_lines(log->events));
  }
  return lines;
}

} // namespace bootperf
