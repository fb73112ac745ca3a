#include "capture/log/text_log.h"

#include <algorithm>
#include <array>
#include <span>

#include <fmt/format.h>

#include "base/text.h"
#include "capture/log/cause.h"
#include "capture/log/console.h"
#include "capture/log/kernel_stamp.h"
#include "capture/log/launch_words.h"
#include "capture/log/line_prefix.h"
#include "capture/log/pasted_text.h"
#include "capture/log/prefix_clock.h"
#include "capture/log/text_events.h"

namespace bootperf {

namespace {

using Lines = std::span<const TextLine>;

// A message of libguestfs itself, with or without the time that old versions put before it.
bool says(std::string_view line, std::string_view words) {
  const std::size_t at = line.find("libguestfs: ");
  return at != std::string_view::npos && holds(line.substr(at), words);
}

bool is_launch_trace(std::string_view line) {
  return says(line, "libguestfs: trace: ") && line.ends_with(" launch");
}

bool names_program(std::string_view line) {
  return says(line, "libguestfs: launch: program=");
}

// What only a guest prints.
bool is_of_guest(std::string_view line) {
  constexpr std::array<std::string_view, 7> words = {"supermin: ext2 mini initrd",
                                                     "supermin: internal insmod",
                                                     "supermin: chroot",
                                                     "Starting /init script",
                                                     "SeaBIOS (version",
                                                     "guestfsd --verbose",
                                                     "UEFI firmware"};
  const auto stamp = find_kernel_stamp(line);
  return (stamp && stamp->at == 0) ||
         std::any_of(words.begin(), words.end(), [&](auto one) { return holds(line, one); });
}

// Prose about a launch quotes it, too: most words count only where they begin a line.
bool is_of_launch(std::string_view line) {
  constexpr std::array<std::string_view, 5> anywhere = {
      "libguestfs: ", "libguestfs error: ", "SeaBIOS (version", "Kernel panic - ",
      "Original error from libvirt"};
  constexpr std::array<std::string_view, 7> at_front = {"supermin: ",       "Starting /init script",
                                                        "guestfsd: ",       "+ udevadm ",
                                                        "/init: ",          "+ mdadm ",
                                                        "+ modprobe dm_mod"};
  return find_kernel_stamp(line) ||
         std::any_of(anywhere.begin(), anywhere.end(),
                     [&](auto words) { return holds(line, words); }) ||
         std::any_of(at_front.begin(), at_front.end(),
                     [&](auto words) { return line.starts_with(words); });
}

std::vector<TextLine> read_lines(std::vector<std::string> pasted, std::string &times) {
  const LinePrefixes prefixes(pasted);
  std::vector<std::size_t> lengths;
  std::vector<std::string_view> before;
  lengths.reserve(pasted.size());
  before.reserve(pasted.size());
  for (const std::string &line : pasted) {
    lengths.push_back(prefixes.length(line));
    before.push_back(std::string_view(line).substr(0, lengths.back()));
  }
  const auto clock = prefix_clock(before);
  if (clock) {
    times = fmt::format("the host's, as written before each line, in steps of {}",
                        duration_text(clock->step_ns));
  }
  std::vector<TextLine> lines;
  lines.reserve(pasted.size());
  for (std::size_t i = 0; i < pasted.size(); ++i) {
    TextLine line;
    line.text = lengths[i] == 0 ? std::move(pasted[i]) : pasted[i].substr(lengths[i]);
    if (clock) {
      line.t_ns = clock->ns[i];
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

// Where launches begin: at the trace of the call, if there is one before its first message.
std::vector<std::size_t> launch_beginnings(Lines lines) {
  std::vector<std::size_t> calls;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_launch_trace(lines[i].text)) {
      calls.push_back(i);
    } else if (names_program(lines[i].text)) {
      const bool called = !calls.empty() && (begins.empty() || calls.back() > begins.back());
      begins.push_back(called ? calls.back() : i);
    }
  }
  // Before libguestfs 1.21 a launch was not announced; an excerpt may have lost the announcement.
  return begins.empty() ? calls : begins;
}

// Where the launch ends that begins at the front: with the next handle, once this one is closed.
std::size_t launch_length(Lines lines) {
  std::size_t closed = lines.size();
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (says(lines[i].text, "closing guestfs handle ")) {
      closed = i;
    } else if (i > closed &&
               (says(lines[i].text, "create: flags = ") || says(lines[i].text, "trace: set_"))) {
      return i;
    }
  }
  return lines.size();
}

std::string joined(Lines lines) {
  std::string text;
  for (const TextLine &line : lines) {
    text += line.text;
    text += '\n';
  }
  return text;
}

// Which clocks the times of events are from, when the lines themselves have none.
std::string clocks_of(const std::vector<Event> &events) {
  const auto has = [&](TimeSource clock) {
    return std::any_of(events.begin(), events.end(),
                       [&](const Event &event) { return event.clock == clock; });
  };
  if (has(TimeSource::host) && has(TimeSource::guest)) {
    return "libguestfs' own (host) and those of the kernel's lines (guest)";
  }
  if (has(TimeSource::guest)) {
    return "only those of the kernel's lines (guest)";
  }
  return has(TimeSource::host) ? "libguestfs' own (host)" : "none";
}

BootLog log_of(Lines lines, Lines before, bool headless, const std::string &times) {
  BootLog log;
  log.headless = headless;
  log.events = events_of_lines(lines);
  log.times = times.empty() ? clocks_of(log.events) : times;
  const std::string text = text_of_events(log.events);
  // What test-tool prints of the handle stands before its launch.
  log.environment = launch_facts_from_log(joined(before) + text);
  log.environment.try_emplace("mode", "quiet"); // only errors: nobody asked for more
  if (headless) {
    log.environment["excerpt"] = "yes";
  }
  for (const auto &[key, value] : qemu_facts_from_log(text)) {
    if (!value.empty()) {
      log.environment[key] = value;
    }
  }
  const bool up = has_event(log.events, Source::launch_done);
  const auto failure = first_cause(log.events);
  log.cut = !up && !failure;
  log.environment["outcome"] = up && !failure ? "ok" : "failed";
  return log;
}

} // namespace

Result<std::vector<BootLog>> parse_text_log(std::string_view text, const std::string &name) {
  std::vector<std::string> pasted;
  if (text.size() <= most_text_bytes) {
    pasted = pasted_lines(text, most_text_lines);
  }
  if (text.size() > most_text_bytes || pasted.size() > most_text_lines) {
    return fail(ErrorKind::input,
                fmt::format("expected text of at most {} MiB and {} lines", most_text_bytes >> 20U,
                            most_text_lines),
                {name, 0, 0});
  }
  std::string times;
  const std::vector<TextLine> lines = read_lines(std::move(pasted), times);
  const Lines all(lines);
  std::vector<std::size_t> begins = launch_beginnings(all);
  const auto any = [](Lines some, bool (*belongs)(std::string_view)) {
    return std::any_of(some.begin(), some.end(),
                       [&](const TextLine &line) { return belongs(line.text); });
  };
  const std::size_t first = begins.empty() ? lines.size() : begins.front();
  std::vector<BootLog> logs;
  if (begins.empty() ? any(all, is_of_launch) : any(all.first(first), is_of_guest)) {
    logs.push_back(log_of(all.first(first), {}, true, times));
  }
  std::size_t before = 0;
  for (std::size_t i = 0; i < begins.size(); ++i) {
    const std::size_t next = i + 1 < begins.size() ? begins[i + 1] : lines.size();
    const Lines own = all.subspan(begins[i], next - begins[i]);
    const Lines launch = own.first(launch_length(own));
    logs.push_back(log_of(launch, all.subspan(before, begins[i] - before), false, times));
    before = begins[i] + launch.size();
  }
  if (logs.empty()) {
    return fail(ErrorKind::input,
                "no line of this text is of a libguestfs launch; expected the output of "
                "libguestfs-test-tool, or of a tool with -v -x",
                {name, 0, 0});
  }
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (logs.size() > 1) {
      logs[i].which = fmt::format(", launch {} of {}", i + 1, logs.size());
    }
    logs[i].name = name + logs[i].which;
  }
  return logs;
}

} // namespace bootperf
