#include "cli/log_directory.h"

#include <algorithm>
#include <filesystem>

#include "phases/lines.h"
#include "phases/rules.h"

namespace bootperf {
namespace {

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
