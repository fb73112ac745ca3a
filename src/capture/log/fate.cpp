#include "capture/log/fate.h"

#include <array>
#include <ranges>

#include <fmt/format.h>

#include "base/text.h"
#include "capture/log/cause.h"
#include "capture/log/console.h"

namespace bootperf {

namespace {

constexpr std::int64_t worth_telling_ns = 1'000'000'000;
constexpr std::size_t longest_quoted = 200;

// As much as is quoted of text that is safe to print.
std::string shortened(const std::string &text) {
  return std::string(beginning(text, longest_quoted));
}

std::string excerpt(std::string_view line) {
  const auto lines = last_lines(line, 1);
  return lines.empty() ? "" : shortened(lines.back());
}

std::string clock_words(TimeSource clock) {
  return clock == TimeSource::guest ? "by the guest's clock" : "by the host's clock";
}

// What a shell, a tool or a kernel says of something that does not go on.
std::string sign_of_a_hang(std::string_view console) {
  constexpr std::array<std::string_view, 7> signs = {"Alarm clock",
                                                     "blocked for more than",
                                                     "soft lockup",
                                                     "self-detected stall",
                                                     "detected stalls on",
                                                     "Timed out waiting for",
                                                     "seconds reached, the event queue"};
  for (const auto sign : signs) {
    if (std::string line = line_with(console, sign); !line.empty()) {
      return excerpt(line);
    }
  }
  return "";
}

// Up to where the guest spoke: what a shell says of the end comes after it.
std::string last_guest_line(std::string_view console) {
  for (const std::string &line : last_lines(console, 20) | std::views::reverse) {
    if (!holds(line, "Alarm clock") && line != "Terminated" && line != "Killed") {
      return shortened(line);
    }
  }
  return "";
}

std::string silence_words(const std::optional<Silence> &silence) {
  return silence
             ? fmt::format("; its longest silence was {} {}, before the line: {}",
                           duration_text(silence->ns), clock_words(silence->clock), silence->before)
             : "";
}

// No end, no cause: it hung, somebody lost patience, or the rest of the text was not pasted.
std::string unfinished_reason(const BootLog &log) {
  const std::string console = console_text(log.events);
  const std::string sign = sign_of_a_hang(console);
  const auto silence = longest_silence(log.events);
  if (!sign.empty()) {
    return fmt::format("{}{}; the last line before the end: {}{}", failure::hung, sign,
                       last_guest_line(console), silence_words(silence));
  }
  return fmt::format("the log ends without saying why: it hung there, or the rest is missing. Its "
                     "last line: {}{}",
                     last_guest_line(console), silence_words(silence));
}

std::string missing_end_reason(const BootLog &log) {
  if (!log.times.empty()) {
    return unfinished_reason(log);
  }
  if (log.cut) {
    return "the boot log ends before its end line: its launch was killed";
  }
  return "the appliance did not come up (the boot log gives no reason)";
}

// A consequence is told with what there is of its cause.
std::string told_reason(const Cause &cause, const BootLog &log) {
  std::string reason = cause.reason();
  if (!cause.certain) {
    const std::string last = last_guest_line(console_text(log.events));
    reason += last.empty() ? "" : "; the console's last line: " + last;
    reason += silence_words(longest_silence(log.events));
  }
  return reason;
}

} // namespace

std::optional<Silence> longest_silence(std::span<const Event> events) {
  std::optional<Silence> longest;
  std::array<std::optional<std::int64_t>, 2> last;
  for (const Event &event : events) {
    if (event.clock == TimeSource::none) {
      continue;
    }
    auto &before = last[event.clock == TimeSource::guest ? 1 : 0];
    const std::int64_t ns = before ? event.t_ns - *before : 0;
    if (ns >= worth_telling_ns && (!longest || ns > longest->ns)) {
      longest = Silence{ns, event.clock, excerpt(event.message)};
    }
    before = event.t_ns;
  }
  return longest;
}

LaunchFate fate_of(const BootLog &log) {
  LaunchFate fate;
  fate.ok = log.ok();
  const auto cause = first_cause(log.events);
  const bool up = has_event(log.events, Source::launch_done);
  const bool panicked = cause && (cause->kind == failure::kernel_panic || (cause->certain && !up));
  if (fate.ok && panicked) {
    fate.ok = false;
    fate.reason = "contradiction: its outcome is \"ok\", but the log says: " + cause->reason();
  } else if (!fate.ok && log.end && !log.end->reason.empty()) {
    fate.reason = printable(log.end->reason);
  } else if (!fate.ok) {
    fate.cut = log.cut && !cause;
    fate.reason = cause ? told_reason(*cause, log) : missing_end_reason(log);
  }
  const std::string refusal = kvm_refusal(log.events);
  if (!refusal.empty() && fate.reason.find(failure::kvm) == std::string::npos) {
    fate.notes.push_back("KVM was refused, and qemu went on without it: " + excerpt(refusal));
  }
  return fate;
}

} // namespace bootperf
