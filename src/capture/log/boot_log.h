#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "capture/log/stalls.h"

namespace bootperf {

/// The kinds of libguestfs event. close and subprocess_quit carry no message.
enum class Source : std::uint8_t {
  close,
  subprocess_quit,
  launch_done,
  progress,
  appliance,
  library,
  trace,
  enter,
  libvirt_auth,
  warning,
};

std::string_view to_text(Source source);
std::optional<Source> source_from_text(std::string_view text);

/// What a time was read from. Only times of one clock can be subtracted.
enum class TimeSource : std::uint8_t {
  host,  ///< the host's; 0 is the call of guestfs_launch, where that was seen
  guest, ///< the stamps of the guest's kernel; 0 is its own beginning
  none,  ///< no time was written down
};

std::string_view to_text(TimeSource clock);
std::optional<TimeSource> clock_from_text(std::string_view text);

/// What libguestfs reported, when.
struct Event {
  std::int64_t t_ns = 0; ///< by the clock, on which it never decreases in a log; 0 without one
  Source source = Source::library;
  std::string message;                       ///< raw bytes, any of 0–255
  std::optional<std::uint64_t> instructions; ///< guest instructions so far, when counted
  Stalls stalls = {};                        ///< what the guest did besides work so far
  TimeSource clock = TimeSource::host;       ///< the host's monotonic one in what a worker wrote
};

/// How a launch ended and what it cost the host. Written by the parent when the worker has ended.
struct LaunchEnd {
  bool ok = false;
  std::string reason;                      ///< when failed: what happened, for people
  std::optional<std::int64_t> host_cpu_ns; ///< user + system of the worker and all its children
  std::optional<std::int64_t> peak_memory_bytes; ///< of qemu
  std::optional<bool> appliance_rebuilt;         ///< this launch rebuilt the appliance: not warm
  /// What is only known once qemu ran: accelerator, machine type, qemu's version, … These override
  /// the header's keys of the same name.
  std::map<std::string, std::string> environment;
};

/// All events of one launch, its environment and its outcome. docs/boot-log.md states the format.
struct BootLog {
  std::string name; ///< where it came from, for messages: a file name
  /// The header's keys but "bootlog", with the end line's environment laid over it: mode, arch,
  /// accel, backend, libguestfs, qemu, kernel, …
  std::map<std::string, std::string> environment;
  std::vector<Event> events;
  std::optional<LaunchEnd> end; ///< none: a draft recording, or cut
  bool cut = false;             ///< the log ends before its end line
  bool headless = false;        ///< it begins later than its launch: text that was cut out
  std::string which; ///< of a text of several launches: ", launch 2 of 3"; in its name, too
  std::string times; ///< of a text: where its times are from, for people; "" else

  /// True when the launch came up: the end line says so or, without one, the header's "outcome".
  bool ok() const;
  /// The value of an environment key, or "" when the log lacks it.
  const std::string &value(const std::string &key) const;
};

/// Reads a boot log from memory. A log cut off anywhere reads up to the cut; a first line that is
/// no header, a line in the middle that is no event, a second launch are input errors with their
/// line. Events before the call of guestfs_launch are no part of the launch and are left out; what
/// the header does not say is taken from the log where that tells (launch_words.h).
Result<BootLog> parse_boot_log(std::string_view text, const std::string &name);

/// The largest boot log that is read. One of a boot has a few hundred kilobytes.
inline constexpr std::size_t max_boot_log_bytes = std::size_t{256} << 20;

/// Reads a boot log of at most max_boot_log_bytes from a file.
Result<BootLog> read_boot_log(const std::string &path);

/// Reads an end line, without its newline, into a log that was read without it: the same as reading
/// both together.
Result<void> take_end_line(BootLog &log, std::string_view line);

/// One line each, with the newline.
std::string header_line(const std::map<std::string, std::string> &environment);
std::string event_line(const Event &event);
std::string end_line(const LaunchEnd &end);

} // namespace bootperf
