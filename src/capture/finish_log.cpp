#include "capture/finish_log.h"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "base/file_descriptor.h"
#include "base/files.h"
#include "base/write_all.h"
#include "capture/host.h"

namespace bootperf {

namespace {

// The log up to its last whole line, with a header: what a killed worker leaves may lack either.
std::string whole_lines(const LaunchRequest &request) {
  auto text = read_file(request.log).value_or("");
  const auto end = text.rfind('\n');
  text.resize(end == std::string::npos ? 0 : end + 1);
  if (text.empty()) {
    auto header = host_environment();
    header["mode"] = to_text(request.mode);
    text = header_line(header);
  }
  return text;
}

Result<void> append_end(const std::filesystem::path &path, std::size_t size, std::string_view end) {
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file || ::ftruncate(file.get(), static_cast<off_t>(size)) != 0 ||
      ::lseek(file.get(), 0, SEEK_END) < 0 || !write_all(file.get(), end)) {
    return fail(ErrorKind::io, "cannot write: " + std::generic_category().message(errno),
                {path.string()});
  }
  return {};
}

} // namespace

Result<BootLog> finish_log(const LaunchRequest &request, const LaunchRecord &record) {
  auto text = whole_lines(request);
  auto log = parse_boot_log(text, request.log.string());
  if (!log) {
    return log;
  }
  const auto line = end_line(launch_end(*log, record));
  const bool header_only = !std::filesystem::exists(request.log) || log->events.empty();
  auto written = header_only ? replace_file(request.log, text + line)
                             : append_end(request.log, text.size(), line);
  if (!written) {
    return tl::unexpected(written.error());
  }
  return parse_boot_log(text + line, request.log.string());
}

} // namespace bootperf
