#include "bench/recorded_traces.h"

#include <algorithm>
#include <vector>

namespace bootperf {

Result<Traces> recorded_traces(const std::filesystem::path &directory, const std::string &scenario,
                               Metric metric) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto &entry : std::filesystem::directory_iterator(directory, error))
    files.push_back(entry.path());
  if (error)
    return fail(ErrorKind::io, "no recordings: " + error.message(), {directory.string(), 0, 0});
  std::ranges::sort(files);
  std::vector<Session> sessions;
  for (const std::filesystem::path &file : files) {
    Result<Session> session = read_session(file.string());
    if (!session)
      return tl::unexpected(session.error());
    sessions.push_back(std::move(*session));
  }
  return traces_of(sessions, scenario, metric);
}

} // namespace bootperf
