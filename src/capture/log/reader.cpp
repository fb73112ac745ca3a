#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/strict_json.h"
#include "base/text.h"
#include "capture/log/boot_log.h"
#include "capture/log/event_scanner.h"
#include "capture/log/launch_words.h"

namespace bootperf {

namespace {

using Json = nlohmann::json;

// libguestfs hands over a few kilobytes at a time; a line of this size is no boot log's.
constexpr std::size_t longest_line = 16u << 20;

struct Place {
  std::string name;
  int line = 0;
};

tl::unexpected<Error> wrong(const Place &place, std::string message, std::size_t column = 0) {
  return fail(ErrorKind::input, std::move(message),
              {place.name, place.line, static_cast<int>(column)});
}

// Where a key stands in its line, for messages.
std::size_t column_of(std::string_view line, std::string_view key) {
  const auto found = line.find(fmt::format("\"{}\"", key));
  return found == std::string_view::npos ? 1 : found + 1;
}

Result<Json> parse_object(std::string_view line, const Place &place, std::string_view what) {
  // nlohmann alone would take a NUL for the end, and the last of two equal keys.
  if (const auto strict = parse_json(line, place.name); !strict) {
    return wrong(place, fmt::format("expected {}, a JSON object: {}", what, strict.error().message),
                 static_cast<std::size_t>(strict.error().where.column));
  }
  Json object = Json::parse(line);
  if (!object.is_object()) {
    return wrong(place, fmt::format("expected {}, a JSON object", what), 1);
  }
  return object;
}

using Environment = std::map<std::string, std::string>;

Result<void> read_strings(const Json &object, std::string_view line, const Place &place,
                          Environment &environment) {
  for (const auto &[key, value] : object.items()) {
    if (!value.is_string()) {
      return wrong(place, fmt::format("\"{}\": expected a string", key), column_of(line, key));
    }
    environment[key] = value.get<std::string>();
  }
  return {};
}

Result<void> read_header(std::string_view line, const Place &place, BootLog &log) {
  auto header = parse_object(line, place, "the header of a boot log");
  if (!header) {
    return tl::unexpected(header.error());
  }
  const auto version = header->find("bootlog");
  if (version == header->end()) {
    return wrong(place, "not a boot log: expected a header with \"bootlog\": 1", 1);
  }
  if (!version->is_number_integer() || *version != 1) {
    return wrong(place, "\"bootlog\": expected version 1, the only one that this program reads",
                 column_of(line, "bootlog"));
  }
  header->erase("bootlog");
  return read_strings(*header, line, place, log.environment);
}

Result<void> read_count(const Json &end, const char *key, std::string_view line, const Place &place,
                        std::optional<std::int64_t> &value) {
  const auto found = end.find(key);
  if (found == end.end()) {
    return {};
  }
  const bool fits =
      found->is_number_unsigned() && found->get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
  if (!fits) {
    return wrong(place, fmt::format("\"{}\": expected a whole number from 0", key),
                 column_of(line, key));
  }
  value = found->get<std::int64_t>();
  return {};
}

Result<LaunchEnd> read_end(std::string_view line, const Place &place) {
  const auto object = parse_object(line, place, "the end of a boot log");
  if (!object) {
    return tl::unexpected(object.error());
  }
  const Json &end = object->at("end");
  if (!end.is_object()) {
    return wrong(place, "\"end\": expected an object", column_of(line, "end"));
  }
  LaunchEnd result;
  const auto outcome = end.find("outcome");
  if (outcome == end.end() || (*outcome != "ok" && *outcome != "failed")) {
    return wrong(place, "\"outcome\": expected \"ok\" or \"failed\"", column_of(line, "outcome"));
  }
  result.ok = *outcome == "ok";
  if (const auto reason = end.find("reason"); reason != end.end()) {
    if (!reason->is_string()) {
      return wrong(place, "\"reason\": expected a string", column_of(line, "reason"));
    }
    result.reason = reason->get<std::string>();
  }
  if (const auto rebuilt = end.find("appliance_rebuilt"); rebuilt != end.end()) {
    if (!rebuilt->is_boolean()) {
      return wrong(place, "\"appliance_rebuilt\": expected true or false",
                   column_of(line, "appliance_rebuilt"));
    }
    result.appliance_rebuilt = rebuilt->get<bool>();
  }
  auto read = read_count(end, "host_cpu_ns", line, place, result.host_cpu_ns).and_then([&] {
    return read_count(end, "peak_memory_bytes", line, place, result.peak_memory_bytes);
  });
  if (read && end.contains("environment")) {
    if (!end.at("environment").is_object()) {
      return wrong(place, "\"environment\": expected an object", column_of(line, "environment"));
    }
    read = read_strings(end.at("environment"), line, place, result.environment);
  }
  if (!read) {
    return tl::unexpected(read.error());
  }
  return result;
}

// The most that any event before said.
struct MostSoFar {
  std::uint64_t instructions = 0;
  std::uint64_t work = 0;
  Stalls stalls;
};

tl::unexpected<Error> too_little(std::string_view key, std::uint64_t least, std::string_view line,
                                 const Place &place) {
  return wrong(
      place, fmt::format("\"{}\": expected at least {}, the count of the event before", key, least),
      column_of(line, key));
}

// Spinning is part of the instructions, and so is what is left of them.
Result<void> check_stalls(const Event &event, std::string_view line, MostSoFar &most,
                          const Place &place) {
  for (const auto &key : stall_keys) {
    const auto &value = event.stalls.*key.value;
    auto &before = most.stalls.*key.value;
    if (value && *value < before.value_or(0)) {
      return too_little(key.in_event, *before, line, place);
    }
    before = value ? value : before;
  }
  if (!event.stalls.spinning) {
    return {};
  }
  const std::uint64_t most_spinning =
      event.instructions.value_or(0) - std::min(most.work, event.instructions.value_or(0));
  if (*event.stalls.spinning > most_spinning) {
    return wrong(place,
                 fmt::format("\"spin\": expected at most {}, what \"insn\" leaves beside the work "
                             "so far",
                             most_spinning),
                 column_of(line, "spin"));
  }
  most.work = *event.instructions - *event.stalls.spinning;
  return {};
}

// A count or a time that went back would make a phase of negative length.
Result<void> check_order(const Event &event, const BootLog &log, std::string_view line,
                         MostSoFar &most, const Place &place) {
  if (!log.events.empty() && event.t_ns < log.events.back().t_ns) {
    return wrong(place,
                 fmt::format("\"t\": expected at least {}, the time of the event before",
                             log.events.back().t_ns),
                 column_of(line, "t"));
  }
  if (event.instructions) {
    if (*event.instructions < most.instructions) {
      return too_little("insn", most.instructions, line, place);
    }
    most.instructions = *event.instructions;
  }
  return check_stalls(event, line, most, place);
}

// Takes the next line off the text.
std::string_view next_line(std::string_view &text, bool &terminated) {
  const auto before = text.size();
  const auto line = take_line(text);
  terminated = before > line.size();
  return line;
}

// What is only known once qemu ran overrides the header.
void set_end(BootLog &log, LaunchEnd end) {
  for (const auto &[key, value] : end.environment) {
    log.environment[key] = value;
  }
  log.end = std::move(end);
}

tl::unexpected<Error> after_the_end(const Place &place) {
  return wrong(place, "expected nothing after the end of the log", 1);
}

// The log is of one launch: a second one would vanish in the closing of the first.
Result<void> check_one_launch(const Event &event, bool &up, const Place &place) {
  if (event.source == Source::launch_done && up) {
    return wrong(place,
                 "a second launch comes up here: expected the log of one; cut it into a file for "
                 "each launch",
                 1);
  }
  up = up || event.source == Source::launch_done;
  return {};
}

bool calls_launch(const Event &event) {
  const bool call = event.source == Source::enter || event.source == Source::trace;
  return (call && event.message == "launch") ||
         (event.source == Source::library && event.message.starts_with("launch: program="));
}

// A handle that was watched before its launch has done other things: time counts from the launch.
void begin_at_launch(BootLog &log) {
  const auto call = std::find_if(log.events.begin(), log.events.end(), calls_launch);
  if (call == log.events.end() || call == log.events.begin()) {
    return;
  }
  log.events.erase(log.events.begin(), call);
  const std::int64_t begin_ns = log.events.front().t_ns;
  for (Event &event : log.events) {
    event.t_ns -= begin_ns;
  }
}

// Rules are for a mode, a backend, an architecture: without them they would have to guess.
void fill_in_facts(BootLog &log) {
  log.environment.try_emplace("guest", "no"); // a log of another guest names it
  constexpr std::array keys = {"mode", "backend", "arch", "libguestfs"};
  const auto lacks = [&](const char *key) { return log.value(key).empty(); };
  if (std::none_of(keys.begin(), keys.end(), lacks)) {
    return;
  }
  const auto facts = launch_facts_from_log(text_of_events(log.events));
  for (const char *key : keys) {
    if (const auto found = facts.find(key); found != facts.end() && lacks(key)) {
      log.environment[key] = found->second;
    }
  }
}

// Whether a line is the beginning of some header: the log was cut in its first line.
bool is_cut_header(std::string_view line) {
  constexpr std::string_view start = "{\"bootlog\"";
  return !line.empty() && !Json::accept(line) &&
         line.substr(0, start.size()) == start.substr(0, line.size());
}

} // namespace

namespace {

Result<BootLog> parse_lines(std::string_view text, const std::string &name) {
  BootLog log;
  log.name = name;
  Place place{name, 1};
  bool terminated = false;
  const auto first = next_line(text, terminated);
  if (!terminated && is_cut_header(first)) {
    log.cut = true;
    return log;
  }
  if (auto read = read_header(first.substr(0, longest_line), place, log); !read) {
    return tl::unexpected(read.error());
  }
  MostSoFar most;
  bool up = false;
  while (!text.empty()) {
    ++place.line;
    if (log.end) {
      return after_the_end(place);
    }
    const auto line = next_line(text, terminated);
    if (line.size() > longest_line) {
      return wrong(place, fmt::format("expected a line of at most {} bytes", longest_line));
    }
    Event event;
    const auto scan = scan_event(line, event);
    if (scan.kind == EventScan::Kind::event) {
      if (auto in_order = check_order(event, log, line, most, place); !in_order) {
        return tl::unexpected(in_order.error());
      }
      if (auto alone = check_one_launch(event, up, place); !alone) {
        return tl::unexpected(alone.error());
      }
      log.events.push_back(std::move(event));
      continue;
    }
    const bool cut_end =
        scan.kind == EventScan::Kind::end_line && !terminated && !Json::accept(line);
    if (!terminated && (cut_end || scan.kind == EventScan::Kind::ran_out)) {
      log.cut = true;
      return log;
    }
    if (scan.kind == EventScan::Kind::end_line) {
      auto end = read_end(line, place);
      if (!end) {
        return tl::unexpected(end.error());
      }
      set_end(log, std::move(*end));
    } else {
      return wrong(place,
                   scan.kind == EventScan::Kind::wrong ? scan.problem
                                                       : "the line ends inside the event",
                   scan.column);
    }
  }
  // A draft recording has no end line: its header tells the outcome.
  log.cut = !log.end && (!terminated || !log.environment.contains("outcome"));
  return log;
}

} // namespace

Result<BootLog> parse_boot_log(std::string_view text, const std::string &name) {
  return parse_lines(text, name).map([](BootLog log) {
    begin_at_launch(log);
    fill_in_facts(log);
    return log;
  });
}

Result<void> take_end_line(BootLog &log, std::string_view line) {
  const Place place{log.name, static_cast<int>(log.events.size()) + 2};
  if (log.end) {
    return after_the_end(place);
  }
  return read_end(line, place).map([&](LaunchEnd end) {
    set_end(log, std::move(end));
    log.cut = false;
  });
}

Result<BootLog> read_boot_log(const std::string &path) {
  return read_file(path, max_boot_log_bytes).and_then([&](const std::string &text) {
    return parse_boot_log(text, path);
  });
}

} // namespace bootperf
