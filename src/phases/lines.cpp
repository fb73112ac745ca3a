#include <algorithm>
#include <array>
#include <string_view>

#include "capture/log/kernel_stamp.h"
#include "phases/lines.h"

namespace bootperf {

namespace {

/// Of a longer line only the beginning is kept: a guest can write without ever ending a line.
constexpr std::size_t max_line_bytes = 64 * 1024;

constexpr std::size_t no_slot = static_cast<std::size_t>(-1);

/// When and with which count a byte came.
struct Moment {
  std::int64_t t_ns = 0;
  std::optional<std::uint64_t> instructions;
  Stalls stalls;
  TimeSource clock = TimeSource::host;
};

/// Sees "ESC c" and "ESC[2J" go by, byte by byte.
class ClearingSequence {
public:
  bool begun() const { return seen_ > 0; }

  bool ends_with(char byte) {
    const bool done = (seen_ == 1 && byte == 'c') || (seen_ == 3 && byte == 'J');
    if (byte == '\x1b')
      seen_ = 1;
    else if ((seen_ == 1 && byte == '[') || (seen_ == 2 && byte == '2'))
      ++seen_;
    else
      seen_ = 0;
    return done;
  }

private:
  int seen_ = 0;
};

/// A line whose end has not come yet. Its place in the result is taken when it begins, so that the
/// result is in order of the first bytes.
struct OpenLine {
  std::size_t slot = no_slot;
  ClearingSequence clearing;
};

class Assembler {
public:
  explicit Assembler(std::size_t events) { lines_.reserve(events); }

  void console(const Event &event) {
    now_ = {event.t_ns, event.instructions, event.stalls, event.clock};
    one_clock_ = one_clock_ && event.clock == TimeSource::host;
    std::string_view rest = event.message;
    while (!rest.empty()) {
      const std::size_t plain = plain_bytes(rest);
      if (plain > 0)
        append_plain(rest.substr(0, plain));
      else if (rest.front() != '\0') // a terminal shows nothing for it either
        take(rest.front());
      rest.remove_prefix(std::max<std::size_t>(plain, 1));
    }
  }

  void message(const Event &event) {
    one_clock_ = one_clock_ && event.clock == TimeSource::host;
    lines_.push_back({event.t_ns, event.instructions, event.source,
                      event.message.substr(0, max_line_bytes), event.stalls, event.clock});
    trim(lines_.back().text);
  }

  std::vector<Line> finish() {
    flush_held();
    for (const OpenLine &open : {program_, kernel_})
      if (open.slot != no_slot)
        trim(lines_[open.slot].text);
    // Already in order but for a rare shape of held bytes, and for logs whose clock went back.
    const auto earlier = [](const Line &a, const Line &b) { return a.t_ns < b.t_ns; };
    if (one_clock_ && !std::is_sorted(lines_.begin(), lines_.end(), earlier))
      std::stable_sort(lines_.begin(), lines_.end(), earlier);
    return std::move(lines_);
  }

private:
  OpenLine &current() { return kernel_.slot != no_slot ? kernel_ : program_; }

  /// How many bytes are text and nothing else: most of a console's, so they are taken together.
  std::size_t plain_bytes(std::string_view bytes) {
    if (!held_.empty() || current().clearing.begun())
      return 0;
    const auto special = [](char byte) {
      return byte == '[' || byte == '\n' || byte == '\r' || byte == '\x1b' || byte == '\0';
    };
    const auto *first = std::find_if(bytes.begin(), bytes.end(), special);
    return static_cast<std::size_t>(first - bytes.begin());
  }

  void append_plain(std::string_view bytes) {
    OpenLine &open = current();
    begin_line(open, now_);
    std::string &text = lines_[open.slot].text;
    text += bytes.substr(0, max_line_bytes - std::min(text.size(), max_line_bytes));
  }

  void begin_line(OpenLine &open, const Moment &since) {
    if (open.slot != no_slot)
      return;
    open = {lines_.size(), {}};
    lines_.push_back(line_at(since));
  }

  /// Bytes that may turn out to be a kernel's stamp belong to nobody yet: they are held.
  void take(char byte) {
    if (kernel_.slot != no_slot) {
      append(kernel_, byte, now_);
      return;
    }
    if (held_.empty() && byte != '[') {
      append(program_, byte, now_);
      return;
    }
    if (held_.empty())
      held_place_ = lines_.size();
    held_.push_back(byte);
    held_since_.push_back(now_);
    switch (stamp_.next(byte)) {
    case KernelStamp::State::partial:
      return;
    case KernelStamp::State::complete:
      begin_kernel_line();
      return;
    case KernelStamp::State::failed:
      release_held();
      return;
    }
  }

  void begin_kernel_line() {
    // Events of other sources may have come while the stamp was incomplete; the line was first.
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(held_place_),
                  line_at(held_since_.front()));
    kernel_ = {held_place_, {}};
    for (const char byte : held_)
      append(kernel_, byte, now_);
    clear_held();
  }

  /// No stamp after all. The first byte goes to the program; what follows may begin another stamp.
  void release_held() {
    const std::string bytes = std::move(held_);
    const std::vector<Moment> since = std::move(held_since_);
    const std::size_t place = held_place_;
    clear_held();
    append_held(bytes.front(), since.front(), place);
    // Only a '[' begins a stamp.
    const std::size_t again = std::min(bytes.find('[', 1), bytes.size());
    for (std::size_t i = 1; i < again; ++i)
      append(program_, bytes[i], since[i]);
    const Moment last = now_;
    for (std::size_t i = again; i < bytes.size(); ++i) {
      now_ = since[i];
      take(bytes[i]);
    }
    now_ = last;
  }

  void flush_held() {
    for (std::size_t i = 0; i < held_.size(); ++i)
      if (i == 0)
        append_held(held_[i], held_since_[i], held_place_);
      else
        append(program_, held_[i], held_since_[i]);
    clear_held();
  }

  void clear_held() {
    held_.clear();
    held_since_.clear();
    stamp_.reset();
  }

  /// As append, but a line that begins with this byte takes the place it had when the byte came.
  void append_held(char byte, const Moment &since, std::size_t place) {
    if (program_.slot == no_slot) {
      lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(place), line_at(since));
      program_ = {place, {}};
    }
    append(program_, byte, since);
  }

  void append(OpenLine &open, char byte, const Moment &since) {
    if (open.slot == no_slot && byte == '\r')
      return; // at the left margin it does nothing; UEFI ends lines with \n\r
    begin_line(open, since);
    std::string &text = lines_[open.slot].text;
    if (byte != '\n' && text.size() < max_line_bytes)
      text.push_back(byte);
    if (open.clearing.ends_with(byte) || byte == '\n') {
      trim(text);
      open = {};
    }
  }

  static Line line_at(const Moment &moment) {
    return {moment.t_ns, moment.instructions, Source::appliance, {}, moment.stalls, moment.clock};
  }

  static void trim(std::string &text) {
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n'))
      text.pop_back();
  }

  std::vector<Line> lines_;
  bool one_clock_ = true; ///< so that times give an order
  Moment now_;
  OpenLine program_; ///< of whatever program writes to the console
  OpenLine kernel_;  ///< the kernel's line that broke into it
  KernelStamp stamp_;
  std::string held_;
  std::vector<Moment> held_since_; ///< when each held byte came
  std::size_t held_place_ = 0;     ///< where in the result the first held byte was seen
};

} // namespace

std::vector<Line> assemble_lines(std::span<const Event> events) {
  Assembler assembler(events.size());
  for (const Event &event : events)
    if (event.source == Source::appliance)
      assembler.console(event);
    else
      assembler.message(event);
  return assembler.finish();
}

namespace {

/// Lays moments one behind the other: what one of them does not say is as it was before, and no
/// time goes back on its clock.
class Walk {
public:
  explicit Walk(std::size_t moments) {
    positions_.t_ns.reserve(moments);
    positions_.clocks.reserve(moments);
    positions_.instructions.reserve(moments);
    for (auto &values : positions_.stalls)
      values.reserve(moments);
  }

  void start(TimeSource clock) {
    latest_ = clock;
    mark();
  }

  template <class At>
  void advance(const At &moment) {
    latest_ = moment.clock;
    std::int64_t &t_ns = t_ns_.at(static_cast<std::size_t>(moment.clock));
    t_ns = std::max(t_ns, moment.clock == TimeSource::none ? 0 : moment.t_ns);
    instructions_ = std::max(instructions_, moment.instructions.value_or(0));
    for (std::size_t i = 0; i < stall_keys.size(); ++i)
      stalls_[i] = std::max(stalls_[i], (moment.stalls.*stall_keys[i].value).value_or(0));
  }

  void mark() {
    positions_.t_ns.push_back(t_ns_.at(static_cast<std::size_t>(latest_)));
    positions_.clocks.push_back(latest_);
    positions_.instructions.push_back(instructions_);
    for (std::size_t i = 0; i < stall_keys.size(); ++i)
      positions_.stalls[i].push_back(stalls_[i]);
  }

  Positions finish() { return std::move(positions_); }

private:
  Positions positions_;
  std::array<std::int64_t, 3> t_ns_{}; ///< by clock
  TimeSource latest_ = TimeSource::host;
  std::uint64_t instructions_ = 0;
  std::array<std::uint64_t, stall_keys.size()> stalls_ = {};
};

void note_what_is_measured(Positions &positions, const std::vector<Event> &events) {
  const auto counted = [](const Event &event) { return event.instructions.has_value(); };
  positions.counted = std::ranges::any_of(events, counted);
  for (std::size_t i = 0; i < stall_keys.size(); ++i)
    positions.measured[i] =
        positions.counted && std::ranges::all_of(events, [&](const Event &event) {
          return !counted(event) || (event.stalls.*stall_keys[i].value).has_value();
        });
}

TimeSource clock_of_start(const BootLog &log) {
  const bool host = log.events.empty() || std::ranges::any_of(log.events, [](const Event &event) {
                      return event.clock == TimeSource::host;
                    });
  return host && !log.headless ? TimeSource::host : TimeSource::none;
}

} // namespace

Positions make_positions(const BootLog &log) {
  std::vector<Line> lines = assemble_lines(log.events);
  Walk walk(lines.size() + 2);
  walk.start(clock_of_start(log));
  for (const Line &line : lines) {
    walk.advance(line);
    walk.mark();
  }
  // The log ends with its last event, which need not begin a line.
  for (const Event &event : log.events)
    walk.advance(event);
  walk.mark();

  Positions positions = walk.finish();
  positions.lines = std::move(lines);
  note_what_is_measured(positions, log.events);
  return positions;
}

} // namespace bootperf
