#include "capture/launch_end.h"

#include <algorithm>
#include <charconv>

#include "capture/appliance_cache.h"
#include "capture/console.h"
#include "capture/qemu_facts.h"

namespace bootperf {

namespace {

std::string all_text(const std::vector<Event> &events) {
  std::string text;
  for (const auto &event : events) {
    if (event.source == Source::appliance || event.source == Source::library) {
      text += event.message;
      // A library message is a line; the console brings its own newlines.
      text += event.source == Source::library ? "\n" : "";
    }
  }
  return text;
}

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
  const bool told = text.find("run supermin") != std::string::npos &&
                    text.find("finished building supermin appliance") != std::string::npos &&
                    text.find("output does not need rebuilding") == std::string::npos;
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
  const auto text = all_text(log.events);
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
  const bool machine_known = facts.contains("machine");
  keep("machine", machine_known ? machine_type(record.machine_help, facts["machine"]) : "");
  const auto version = short_qemu_version(record.qemu_version);
  keep("qemu", version.empty() ? facts["qemu"] : version);
  keep("kernel", kernel_of(text, record.kernel));
  return end;
}

} // namespace bootperf
