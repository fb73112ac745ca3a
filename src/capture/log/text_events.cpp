#include "capture/log/text_events.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "capture/log/console.h"
#include "capture/log/kernel_stamp.h"
#include "capture/log/pasted_text.h"

namespace bootperf {

namespace {

constexpr std::string_view library_words = "libguestfs: ";
constexpr std::int64_t ns_per_ms = 1'000'000;

// What begins a line that another writer ends: the time of the line is when it ended.
const TextLine untimed;

// A line that does not go on with what another one left unfinished.
bool begins_afresh(std::string_view line) {
  constexpr std::array<std::string_view, 6> beginnings = {
      "supermin: ", "+ ", "++ ", "/init: ", "libguestfs: ", "guestfsd: "};
  const auto stamp = find_kernel_stamp(line);
  return (stamp && stamp->at == 0) ||
         std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view words) { return line.starts_with(words); });
}

// "v2v: close": a handle may have an identifier of letters, digits, '_' and '-'.
std::string_view without_identifier(std::string_view trace) {
  const std::size_t colon = trace.find(": ");
  if (colon == std::string_view::npos || colon == 0) {
    return trace;
  }
  const std::string_view word = trace.substr(0, colon);
  const bool identifier = std::all_of(word.begin(), word.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
  });
  return identifier ? trace.substr(colon + 2) : trace;
}

/// "[00047ms] " at the front of a message of libguestfs before 1.33.
std::optional<std::int64_t> take_milliseconds(std::string_view &message) {
  const std::size_t close = message.find("ms] ");
  if (!message.starts_with("[") || close == std::string_view::npos || close < 6 || close > 12) {
    return std::nullopt;
  }
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(message.data() + 1, message.data() + close, ms);
  if (error != std::errc() || end != message.data() + close || ms < 0) {
    return std::nullopt;
  }
  message.remove_prefix(close + 4);
  return ms * ns_per_ms;
}

class Events {
public:
  explicit Events(std::span<const TextLine> lines) : lines_(lines) {
    for (const TextLine &line : lines) {
      if (line.t_ns) {
        first_ns_ = line.t_ns;
        break;
      }
    }
  }

  std::vector<Event> read() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      read_line(i);
    }
    if (closing_) {
      add(Source::close, "", lines_.empty() ? TextLine{} : lines_.back());
    }
    return std::move(events_);
  }

private:
  void read_line(std::size_t i) {
    const TextLine &line = lines_[i];
    std::string_view text = line.text;
    const std::size_t at = text.find(library_words);
    if (at == std::string_view::npos) {
      console(text, "\n", line);
      return;
    }
    if (at > 0) {
      // What was interrupted goes on behind the message, unless something else begins there.
      const bool more = i + 1 < lines_.size() && !begins_afresh(lines_[i + 1].text);
      console(text.substr(0, at), more ? "" : "\n", untimed);
    }
    library(text.substr(at + library_words.size()), line);
  }

  void library(std::string_view text, const TextLine &line) {
    if (text.starts_with("trace: ")) {
      trace(message_bytes(without_identifier(text.substr(7))), line);
      return;
    }
    if (text.starts_with("warning: ")) {
      add(Source::warning, message_bytes(text.substr(9)), line);
      return;
    }
    const auto ms = take_milliseconds(text);
    std::string message = message_bytes(text);
    if (message == "appliance is up" || message.ends_with("received GUESTFS_LAUNCH_FLAG")) {
      came_up(line, ms);
    }
    const bool died = message.starts_with("child_cleanup: ");
    closing_ = closing_ || message.starts_with("closing guestfs handle ");
    add(Source::library, std::move(message), line, ms);
    if (died) {
      add(Source::subprocess_quit, "", line);
    }
  }

  void trace(std::string message, const TextLine &line) {
    if (message == "launch = 0") {
      came_up(line, std::nullopt);
    }
    add(Source::trace, std::move(message), line);
  }

  void console(std::string_view text, std::string_view end, const TextLine &line) {
    // The command that starts qemu has a time of its own in old versions.
    const auto ms = take_milliseconds(text);
    std::string bytes = console_bytes(text);
    if (bytes == "Guest launched OK.") {
      came_up(line, std::nullopt);
    }
    // SeaBIOS hands over without a newline.
    if (const auto stamp = find_kernel_stamp(bytes); stamp && stamp->at > 0) {
      add(Source::appliance, bytes.substr(0, stamp->at), untimed, ms);
      bytes.erase(0, stamp->at);
    }
    bytes += end;
    add(Source::appliance, std::move(bytes), line, ms);
  }

  // The first sign of it counts: the event comes before the messages about it.
  void came_up(const TextLine &line, std::optional<std::int64_t> ms) {
    if (!up_) {
      add(Source::launch_done, "", line, ms);
    }
    up_ = true;
  }

  void add(Source source, std::string message, const TextLine &line,
           std::optional<std::int64_t> ms = std::nullopt) {
    Event event;
    event.source = source;
    event.message = std::move(message);
    event.clock = TimeSource::none;
    if (first_ns_) {
      if (line.t_ns) {
        set_time(event, TimeSource::host, *line.t_ns - *first_ns_, host_ns_);
      }
    } else if (ms) {
      set_time(event, TimeSource::host, *ms, host_ns_);
    } else if (source == Source::appliance) {
      if (const auto stamp = find_kernel_stamp(event.message)) {
        set_time(event, TimeSource::guest, stamp->time_ns, guest_ns_);
      }
    }
    events_.push_back(std::move(event));
  }

  static void set_time(Event &event, TimeSource clock, std::int64_t t_ns, std::int64_t &latest_ns) {
    latest_ns = std::max(latest_ns, t_ns);
    event.t_ns = latest_ns;
    event.clock = clock;
  }

  std::span<const TextLine> lines_;
  std::optional<std::int64_t> first_ns_; ///< when the lines have times
  std::int64_t host_ns_ = 0, guest_ns_ = 0;
  bool up_ = false, closing_ = false;
  std::vector<Event> events_;
};

} // namespace

std::vector<Event> events_of_lines(std::span<const TextLine> lines) {
  return Events(lines).read();
}

} // namespace bootperf
