#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

#include "base/files.h"
#include "capture/facts/appliance.h"
#include "capture/facts/host.h"
#include "capture/facts/qemu.h"
#include "capture/launcher/launch_end.h"
#include "capture/log/console.h"
#include "capture/log/launch_words.h"

namespace bootperf {

namespace {

std::optional<std::int64_t> number_after(const std::string &text, std::string_view key) {
  const auto found = text.find(key);
  std::int64_t value = 0;
  if (found == std::string::npos ||
      std::from_chars(text.data() + found + key.size(), text.data() + text.size(), value).ec !=
          std::errc()) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> peak_memory_of(const std::string &text, const WorkerFacts &facts) {
  // What the kernel counted when qemu ended, over what it had when it was looked at.
  if (const auto kib = number_after(text, "qemu maxrss "); kib && *kib < INT64_MAX / 1024) {
    return *kib * 1024;
  }
  const auto seen = facts.find("peak_memory_bytes");
  return seen == facts.end() ? std::nullopt : number_after(seen->second, "");
}

bool rebuilt(const std::string &text, const LaunchRecord &record) {
  const bool changed = record.appliance_before != record.appliance_after;
  const bool told = holds(text, "run supermin") &&
                    holds(text, "finished building supermin appliance") &&
                    !holds(text, "output does not need rebuilding");
  return changed || told;
}

std::string kernel_of(const std::string &text, const std::string &appliance_kernel) {
  const auto booted = kernel_version(text);
  return booted.empty() ? appliance_kernel : booted;
}

// The plugin was not loaded, or what was launched is not what it counts in.
bool counts_missing(const BootLog &log) {
  return log.value("mode") == "counted" &&
         std::none_of(log.events.begin(), log.events.end(),
                      [](const Event &event) { return event.instructions.has_value(); });
}

} // namespace

LaunchEnd launch_end(const BootLog &log, const LaunchRecord &record) {
  const auto text = text_of_events(log.events);
  LaunchEnd end;
  const auto reason = failure_reason(record.fate, record.deadline, record.facts, log.events);
  end.ok = !reason;
  end.reason = reason.value_or("");
  if (end.ok && counts_missing(log)) {
    end.ok = false;
    end.reason = "guest instructions were not counted: qemu ran without the counter plugin";
  }
  end.host_cpu_ns = record.host_cpu_ns;
  end.peak_memory_bytes = peak_memory_of(text, record.facts);
  end.appliance_rebuilt = rebuilt(text, record);

  auto facts = qemu_facts_from_log(text);
  for (const auto &[key, value] : record.facts) {
    facts[key] = value;
  }
  const auto keep = [&](const char *key, const std::string &value) {
    if (!value.empty()) {
      end.environment[key] = value;
    }
  };
  const bool blames_kvm = end.reason.starts_with(failure::kvm);
  keep("accel", facts["accel"].empty() && blames_kvm ? "kvm" : facts["accel"]);
  keep("guest_cpu", facts["guest_cpu"]);
  keep("qemu_arguments", facts["qemu_arguments"]);
  keep("asked", facts["asked"]);
  const bool machine_known = facts.contains("machine");
  keep("machine", machine_known ? machine_type(record.machine_help, facts["machine"]) : "");
  const auto version = short_qemu_version(record.qemu_version);
  keep("qemu", version.empty() ? facts["qemu"] : version);
  keep("kernel", kernel_of(text, record.kernel));
  return end;
}

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
  return take_end_line(*log, std::string_view(line).substr(0, line.size() - 1)).map([&] {
    return std::move(*log);
  });
}

} // namespace bootperf
