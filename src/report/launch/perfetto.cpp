#include "report/launch/formats.h"

#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/launch/instruction_counter.h"
#include "report/text/paint.h"

namespace bootperf {
namespace {

using Json = nlohmann::ordered_json;

constexpr double us_per_ns = 1e-3;

/// Where a launch is drawn.
struct Track {
  int process = 0, thread = 0;
};

Json event(const char *kind, const std::string &name, const Track &track) {
  return {{"ph", kind}, {"name", printable(name)}, {"pid", track.process}, {"tid", track.thread}};
}

Json timed(const char *kind, const std::string &name, const Track &track, std::int64_t t_ns) {
  Json json = event(kind, name, track);
  json["ts"] = static_cast<double>(t_ns) * us_per_ns;
  return json;
}

Json metadata(const char *what, const Track &track, const char *key, const Json &value) {
  Json json = event("M", what, track);
  json["args"] = {{key, value}};
  return json;
}

Json arguments(const Phase &phase) {
  Json json = {{"id", printable(phase.id)}};
  json["self_ms"] = static_cast<double>(phase.self_ns) * 1e-6;
  if (phase.instructions)
    json["instructions"] = *phase.instructions;
  for (const StallKey &key : stall_keys)
    if (const auto &value = phase.stalls.*key.value)
      json[key.in_phase] = *value;
  if (phase.unfinished)
    json["unfinished"] = true;
  return json;
}

// Slices of one track have to nest, and overlapping ones do not.
void add_overlapping(Json &events, const Phase &phase, const Track &track, std::size_t number) {
  Json begin = timed("b", phase.name, track, phase.start_ns);
  begin["cat"] = "overlapping";
  begin["id"] = fmt::format("{}.{}", track.thread, number);
  Json end = begin;
  end["ph"] = "e";
  end["ts"] = static_cast<double>(phase.start_ns + phase.wall_ns) * us_per_ns;
  begin["args"] = arguments(phase);
  events.push_back(begin);
  events.push_back(end);
}

// Begin and end as events of their own: a duration would be added to a begin by the reader, and
// rounded, so that phases that touch would overlap.
void add_phases(Json &events, const PhaseTree &tree, const Track &track) {
  std::vector<std::size_t> open;
  std::vector<bool> aside(tree.phases.size(), false);
  const auto close = [&](std::optional<std::size_t> parent) {
    while (!open.empty() && open.back() != parent) {
      const Phase &phase = tree.phases[open.back()];
      Json end = timed("E", phase.name, track, phase.start_ns + phase.wall_ns);
      end["args"] = arguments(phase); // speedscope tells by them which slice it is that ends
      events.push_back(end);
      open.pop_back();
    }
  };
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    aside[i] = phase.overlaps || (phase.parent && *phase.parent < i && aside[*phase.parent]);
    if (phase.other || phase.clock != TimeSource::host)
      continue; // it has no place on the track
    if (aside[i]) {
      add_overlapping(events, phase, track, i);
      continue;
    }
    std::optional<std::size_t> around = phase.parent;
    while (around && tree.phases[*around].wall_ns <= 0)
      around = tree.phases[*around].parent;
    close(around);
    // Readers that sort by time might end a slice of no length before it begins.
    const bool instant = phase.wall_ns <= 0;
    Json slice = timed(instant ? "i" : "B", phase.name, track, phase.start_ns);
    slice["cat"] = "phase";
    if (instant)
      slice["s"] = "t";
    slice["args"] = arguments(phase);
    events.push_back(slice);
    if (!instant)
      open.push_back(i);
  }
  close(std::nullopt);
}

void add_lines(Json &events, const std::vector<Line> &lines, const Track &track) {
  constexpr std::size_t longest_name = 120;
  for (const Line &line : lines) {
    if (line.text.empty())
      continue;
    const std::string text = printable(line.text);
    Json instant = timed("i", elide(text, longest_name, file_style), track, line.t_ns);
    instant["cat"] = to_text(line.source);
    instant["s"] = "t";
    if (columns(text) > longest_name)
      instant["args"] = {{"line", text}};
    events.push_back(instant);
  }
}

void add_counts(Json &events, const std::vector<CountAt> &counts, const Track &track) {
  for (const CountAt &each : counts) {
    Json counter =
        timed("C", fmt::format("instructions, launch {}", track.thread), track, each.t_ns);
    counter["args"] = {{"instructions", static_cast<std::uint64_t>(each.instructions)}};
    events.push_back(counter);
  }
}

std::string thread_name(const Launch &launch, int number) {
  const char *fate = !launch.ok                                 ? " (failed)"
                     : launch.warmup                            ? " (warm-up)"
                     : launch.appliance_rebuilt && !launch.cold ? " (rebuilt the appliance)"
                                                                : "";
  return fmt::format("launch {}{}", number, fate);
}

} // namespace

std::string perfetto_trace(const Session &session, const LaunchLines &lines) {
  Json events = Json::array();
  std::map<std::string, Track> processes; // the thread: how many launches it has so far
  for (std::size_t i = 0; i < session.launches.size(); ++i) {
    const Launch &launch = session.launches[i];
    const std::string name = launch.scenario + ", " + launch.subject;
    const auto [found, is_new] =
        processes.try_emplace(name, Track{static_cast<int>(processes.size()) + 1, 0});
    ++found->second.thread;
    const Track track = found->second;
    if (is_new)
      events.push_back(metadata("process_name", track, "name", printable(name)));
    events.push_back(metadata("thread_name", track, "name", thread_name(launch, track.thread)));
    events.push_back(metadata("thread_sort_index", track, "sort_index", track.thread));
    add_phases(events, launch.phases, track);
    const auto given = lines.find(i);
    if (given != lines.end())
      add_lines(events, given->second, track);
    const std::vector<CountAt> counted =
        given != lines.end() ? counts_of(given->second) : std::vector<CountAt>();
    add_counts(events, counted.empty() ? counts_of(launch.phases) : counted, track);
  }
  // An event a line: such files are searched by people too.
  std::string text = "{\"displayTimeUnit\": \"ms\",\n\"otherData\": ";
  text += Json{{"session", printable(session.id)}, {"program", "bootperf"}}.dump(
      -1, ' ', true, Json::error_handler_t::replace);
  text += ",\n\"traceEvents\": [";
  const char *separator = "\n";
  for (const Json &each : events) {
    text += separator + each.dump(-1, ' ', true, Json::error_handler_t::replace);
    separator = ",\n";
  }
  return text + "]}\n";
}

} // namespace bootperf
