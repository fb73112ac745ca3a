#include "cli/inputs.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/gzip.h"
#include "session/collect.h"
#include "session/session_set.h"

namespace bootperf {
namespace {

constexpr std::size_t max_input_bytes = std::size_t{1} << 30;

// A boot log is told by its first line, a session or a set of them by its first key: none has to be
// read whole, and a damaged one is still reported by the reader that knows its format.
bool is_boot_log(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  const auto header = nlohmann::json::parse(first, nullptr, false);
  return header.is_object() && header.contains("bootlog");
}

bool is_session(std::string_view text) {
  constexpr std::size_t head = 200;
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && text[start] == '{' &&
         text.substr(0, head).find("\"session") != std::string_view::npos;
}

Result<void> read_input(const std::string &file, Inputs &inputs) {
  const Result<std::string> text = read_packed_file(file, max_input_bytes);
  if (!text)
    return tl::unexpected(text.error());
  if (is_boot_log(*text)) {
    Result<BootLog> log = parse_boot_log(*text, file);
    if (!log)
      return tl::unexpected(log.error());
    inputs.logs.push_back(std::move(*log));
    return {};
  }
  if (!is_session(*text))
    return fail(ErrorKind::input,
                "neither a boot log (its first line would hold \"bootlog\") nor a session (which "
                "would begin with \"session\")",
                {file, 1, 0});
  Result<std::vector<Session>> sessions = parse_sessions(*text, file);
  if (!sessions)
    return tl::unexpected(sessions.error());
  std::ranges::move(*sessions, std::back_inserter(inputs.sessions));
  return {};
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

std::vector<Launch> launches_from(const std::vector<BootLog> &logs, const Rules &rules) {
  std::vector<Launch> launches;
  for (const BootLog &log : logs) {
    LaunchLabel label;
    label.scenario = log.name;
    launches.push_back(to_launch(log, rules.split(log), label));
  }
  return launches;
}

} // namespace bootperf
