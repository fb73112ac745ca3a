#include "capture/launcher/failure.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "capture/log/console.h"

namespace bootperf {

namespace {

std::string reason_of(std::string_view kind, std::string text) {
  return Cause{kind, std::move(text)}.reason();
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
  const std::string error = text_under(facts, "error");
  const auto found = first_cause(events, error);
  if (found && found->certain) {
    return found->reason();
  }
  const bool died = has_event(events, Source::subprocess_quit);
  if (has_event(events, Source::launch_done)) {
    const std::string complaint = qemu_complaint(console);
    return died && !complaint.empty() ? std::optional(reason_of(failure::qemu_died, complaint))
                                      : std::nullopt;
  }
  // Where qemu's end comes before libguestfs has noticed its beginning, libguestfs reports no end
  // and refers to messages that there are none of.
  const bool unexplained =
      holds(error, "see earlier error messages") && (!found || found->kind == failure::launch);
  if (unexplained || (died && (!found || found->kind != failure::appliance))) {
    return reason_of(failure::qemu_died, last_words(console));
  }
  return found ? std::optional(found->reason()) : std::nullopt;
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
  if (auto error = text_under(facts, "guest_error"); !error.empty()) {
    return error;
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
  if (const auto error = text_under(facts, "shutdown_error"); !error.empty()) {
    return reason_of("shutdown failed: ", first_line(error));
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
