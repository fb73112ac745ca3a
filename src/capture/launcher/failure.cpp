#include "capture/launcher/failure.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "capture/log/console.h"

namespace bootperf {

namespace {

constexpr std::size_t longest_reason = 300;

std::string reason(std::string_view kind, std::string_view detail) {
  return std::string(kind) + printable(detail.substr(0, longest_reason));
}

bool contains(std::string_view text, std::string_view needle) {
  return text.find(needle) != std::string_view::npos;
}

bool has(const std::vector<Event> &events, Source source) {
  return std::any_of(events.begin(), events.end(),
                     [&](const Event &event) { return event.source == source; });
}

bool library_said(const std::vector<Event> &events, std::string_view needle) {
  return std::any_of(events.begin(), events.end(), [&](const Event &event) {
    return event.source == Source::library && contains(event.message, needle);
  });
}

// What qemu itself complained about: "qemu-system-x86_64: error: …". Its first words tell more than
// the assertion that fails by them; its warnings end nothing.
std::string qemu_error(std::string_view console) {
  while (!console.empty()) {
    const auto line = console.substr(0, console.find('\n'));
    console.remove_prefix(std::min(console.size(), line.size() + 1));
    const auto program = line.substr(0, line.find(": "));
    const bool from_qemu = program.size() < line.size() && contains(program, "qemu") &&
                           !contains(program, " ") && !contains(program, "qemu-img");
    if (from_qemu && !contains(line, ": warning: ")) {
      return line_with(line, program);
    }
  }
  return "";
}

bool blames_kvm(std::string_view line) {
  constexpr std::array needles = {"kvm", "KVM", "MSR"};
  return std::any_of(needles.begin(), needles.end(),
                     [&](const char *needle) { return contains(line, needle); });
}

std::string value(const WorkerFacts &facts, const char *key) {
  const auto found = facts.find(key);
  return found == facts.end() ? "" : found->second;
}

// The appliance is built before qemu runs; supermin's own words say why it failed.
std::optional<std::string> build_failure(const std::vector<Event> &events, std::string_view console,
                                         const std::string &error) {
  const bool unfinished = library_said(events, "begin building supermin appliance") &&
                          !library_said(events, "finished building supermin appliance");
  if (!unfinished && !contains(error, "supermin")) {
    return std::nullopt;
  }
  for (const char *needle : {"supermin: error", "supermin: failure", "supermin: fatal"}) {
    if (const auto line = line_with(console, needle); !line.empty()) {
      return reason(failure::appliance, line);
    }
  }
  return reason(failure::appliance, first_line(error));
}

// What a qemu that did not complain printed last.
std::string last_words(std::string_view console) {
  constexpr std::size_t much = std::size_t{1} << 20;
  const auto last = last_lines(console, 1);
  if (last.empty()) {
    return "it printed nothing";
  }
  const auto amount = console.size() < much
                          ? std::string()
                          : fmt::format("after {} MiB of output, ", console.size() >> 20U);
  return amount + "after the line: " + last.back();
}

std::optional<std::string> cause(const WorkerFacts &facts, const std::vector<Event> &events,
                                 const std::string &console) {
  if (const auto panic = line_with(console, "Kernel panic - "); !panic.empty()) {
    return reason(failure::kernel_panic, panic);
  }
  const std::string error = value(facts, "error");
  if (has(events, Source::launch_done)) {
    if (has(events, Source::subprocess_quit) && !qemu_error(console).empty()) {
      return reason(failure::qemu_died, qemu_error(console));
    }
    return std::nullopt;
  }
  const std::string complaint = qemu_error(console);
  const bool died = has(events, Source::subprocess_quit) || !error.empty();
  if (died && !complaint.empty()) {
    return reason(blames_kvm(complaint) ? failure::kvm : failure::qemu_died, complaint);
  }
  if (!error.empty()) {
    if (auto build = build_failure(events, console, error)) {
      return build;
    }
  }
  // Where qemu's end comes before libguestfs has noticed its beginning, libguestfs reports no end
  // and refers to messages that there are none of.
  if (has(events, Source::subprocess_quit) || contains(error, "see earlier error messages")) {
    return reason(failure::qemu_died, last_words(console));
  }
  if (!error.empty()) {
    return reason(failure::launch, first_line(error));
  }
  return std::nullopt;
}

} // namespace

std::optional<std::string> failure_reason(const WorkerFate &fate,
                                          std::chrono::milliseconds deadline,
                                          const WorkerFacts &facts,
                                          const std::vector<Event> &events) {
  using Kind = WorkerFate::Kind;
  if (fate.kind == Kind::exited && fate.code == 0) {
    return std::nullopt;
  }
  const std::string console = console_text(events);
  if (auto known = cause(facts, events, console)) {
    return known;
  }
  switch (fate.kind) {
  case Kind::interrupted:
    return "interrupted";
  case Kind::deadline:
    return fmt::format("{}did not finish within {:g} s (deadline)", failure::hung,
                       static_cast<double>(deadline.count()) / 1000);
  case Kind::signalled:
    return fmt::format("the launch worker was killed by signal {} ({})", fate.code,
                       ::strsignal(fate.code)); // NOLINT(concurrency-mt-unsafe)
  case Kind::exited:
    break;
  }
  if (const auto error = value(facts, "shutdown_error"); !error.empty()) {
    return reason("shutdown failed: ", first_line(error));
  }
  return fmt::format("the launch worker exited with status {}", fate.code);
}

std::optional<Error> start_failure(const WorkerFate &fate, std::string_view output) {
  if (fate.kind != WorkerFate::Kind::exited) {
    return std::nullopt;
  }
  constexpr int not_runnable = 126;
  constexpr int not_loadable = 127; // what the dynamic linker exits with
  ErrorKind kind = ErrorKind::io;
  if (fate.code == to_int(ExitCode::not_measured) || fate.code == not_runnable ||
      fate.code == not_loadable) {
    kind = ErrorKind::not_measured;
  } else if (fate.code != to_int(ExitCode::wrong_input)) {
    return std::nullopt;
  }
  std::string message = "the launch worker could not launch:";
  for (const auto &line : last_lines(output, 3)) {
    message += ' ' + line;
  }
  return Error{kind, message, {}};
}

} // namespace bootperf
