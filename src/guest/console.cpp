#include "guest/console.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <unistd.h>
#include <utility>

#include <re2/re2.h>

#include "base/clock.h"
#include "phases/pattern.h"

namespace bootperf {
namespace {

// Of a line that never ends, what may match is near its end.
constexpr std::size_t longest_line = 4096;

} // namespace

GuestConsole::GuestConsole(FileDescriptor log, const std::string &up,
                           std::optional<CounterPage> page)
    : up_(std::make_unique<const re2::RE2>(up, pattern_options())),
      stream_(std::move(log), {[](const Event &) {}, [this](int code) { loss_ = code; }}) {
  if (page)
    counter_.emplace(std::move(*page));
}

GuestConsole::~GuestConsole() = default;

void GuestConsole::launched() {
  began_ns_ = monotonic_ns();
  push(Source::enter, "launch");
  push(Source::library, "guest started");
}

void GuestConsole::gone() {
  push(Source::close, "");
}

Event GuestConsole::event_of(Source source, std::string message) {
  Event event{.t_ns = monotonic_ns() - began_ns_,
              .source = source,
              .message = std::move(message),
              .instructions = {},
              .stalls = {},
              .clock = TimeSource::host};
  if (counter_)
    (*counter_)(event);
  return event;
}

void GuestConsole::push(Source source, std::string message) {
  Event event = event_of(source, std::move(message));
  instructions_ = event.instructions;
  stalls_ = event.stalls;
  stream_.push(std::move(event));
}

/// That it is up is known by its output, so what was counted then counts: the guest runs on while
/// this is written, and how far depends on the host.
void GuestConsole::push_up() {
  for (Event event :
       {event_of(Source::library, "guest is up"), event_of(Source::launch_done, "")}) {
    event.instructions = instructions_;
    event.stalls = stalls_;
    stream_.push(std::move(event));
  }
}

bool GuestConsole::is_up(std::string_view bytes) {
  line_ += bytes;
  std::size_t begin = 0;
  for (std::size_t end = line_.find('\n'); end != std::string::npos;
       begin = end + 1, end = line_.find('\n', begin)) {
    std::string_view whole(line_.data() + begin, end - begin);
    while (whole.ends_with('\r'))
      whole.remove_suffix(1);
    if (re2::RE2::PartialMatch(re2::StringPiece(whole.data(), whole.size()), *up_))
      return true;
  }
  line_.erase(0, begin);
  if (line_.size() > longest_line)
    line_.erase(0, line_.size() - longest_line);
  return !line_.empty() && re2::RE2::PartialMatch(line_, *up_);
}

ConsoleEnd GuestConsole::follow(int descriptor, std::chrono::milliseconds deadline,
                                int interruption) {
  const std::int64_t until = monotonic_ns() + deadline.count() * 1'000'000;
  std::array<char, 65536> bytes{};
  while (loss_ == 0) {
    pollfd waiting[] = {{descriptor, POLLIN, 0}, {interruption, POLLIN, 0}};
    const int ready = ::poll(waiting, 2, milliseconds_until(until));
    if (ready < 0 && errno == EINTR)
      continue;
    if (waiting[1].revents != 0)
      return ConsoleEnd::interrupted;
    // A guest that prints without end must not outlive its deadline.
    if (ready <= 0 || monotonic_ns() >= until)
      return ConsoleEnd::deadline;
    const ssize_t read = ::read(descriptor, bytes.data(), bytes.size());
    if (read < 0 && errno == EINTR)
      continue;
    if (read <= 0)
      return ConsoleEnd::closed;
    const std::string_view text(bytes.data(), static_cast<std::size_t>(read));
    push(Source::appliance, std::string(text));
    printed_ += text.size();
    if (printed_ > most_bytes)
      return ConsoleEnd::lost;
    if (is_up(text)) {
      push_up();
      return ConsoleEnd::up;
    }
  }
  return ConsoleEnd::lost;
}

} // namespace bootperf
