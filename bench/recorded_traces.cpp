#include "bench/recorded_traces.h"

#include <algorithm>
#include <vector>

#include "session/session_set.h"

namespace bootperf {

Result<Traces> recorded_traces(const std::filesystem::path &directory, const std::string &scenario,
                               Metric metric) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(directory, error))
    files.push_back(entry.path().string());
  if (error)
    return fail(ErrorKind::io, "no recordings: " + error.message(), {directory.string(), 0, 0});
  std::ranges::sort(files);
  return read_sessions(files).and_then(
      [&](const std::vector<Session> &sessions) { return traces_of(sessions, scenario, metric); });
}

} // namespace bootperf
