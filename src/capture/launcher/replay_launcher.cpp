#include "capture/launcher/replay_launcher.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/files.h"

namespace bootperf {

namespace {

bool serves(const BootLog &log, Mode mode) {
  const bool counted = std::any_of(log.events.begin(), log.events.end(), [](const Event &event) {
    return event.instructions.has_value();
  });
  return log.value("mode") == to_text(mode) || (mode == Mode::counted && counted);
}

} // namespace

ReplayLauncher::ReplayLauncher(std::vector<std::filesystem::path> logs) : logs_(std::move(logs)) {}

Result<BootLog> ReplayLauncher::launch(const LaunchRequest &request) {
  const std::lock_guard lock(mutex_);
  for (std::size_t tried = 0; tried < logs_.size(); ++tried) {
    const auto &path = logs_[next_++ % logs_.size()];
    const auto text = read_file(path, max_boot_log_bytes);
    if (!text) {
      return tl::unexpected(text.error());
    }
    const std::string name = request.log.empty() ? path.string() : request.log.string();
    auto log = parse_boot_log(*text, path.string());
    if (!log) {
      return log;
    }
    if (!serves(*log, request.mode)) {
      continue;
    }
    if (!request.log.empty()) {
      if (auto written = replace_file(request.log, *text); !written) {
        return tl::unexpected(written.error());
      }
    }
    log->name = name;
    return log;
  }
  return fail(ErrorKind::input, fmt::format("no recorded boot log of mode {} to replay among {}",
                                            to_text(request.mode), logs_.size()));
}

} // namespace bootperf
