#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/log/boot_log.h"
#include "phases/lines.h"
#include "phases/rules.h"

namespace bootperf::test {

inline constexpr std::array recordings = {"traced-1",     "traced-2", "traced-3",    "verbose",
                                          "quiet",        "libvirt",  "earlyprintk", "initcalls",
                                          "kernel-panic", "kvm-abort"};

inline BootLog recording(const std::string &name) {
  auto log = read_boot_log(std::string(BOOTPERF_TEST_DATA) + "/bootlogs/" + name + ".jsonl");
  if (!log)
    throw std::runtime_error(to_text(log.error()));
  return std::move(*log);
}

inline const Rules &shipped() {
  static const Rules rules = [] {
    auto loaded = load_rules("");
    if (!loaded)
      throw std::runtime_error(to_text(loaded.error()));
    return std::move(*loaded);
  }();
  return rules;
}

inline std::string path_of(const PhaseTree &tree, const Phase &phase) {
  return phase.parent ? path_of(tree, tree.phases[*phase.parent]) + " > " + phase.name : phase.name;
}

/// The phase with that id or, when no id is meant, with that name.
inline const Phase *find_phase(const PhaseTree &tree, std::string_view what) {
  const auto found = std::find_if(tree.phases.begin(), tree.phases.end(), [&](const Phase &phase) {
    return phase.id == what || phase.name == what;
  });
  return found == tree.phases.end() ? nullptr : &*found;
}

inline std::vector<std::string> ids(const PhaseTree &tree) {
  std::vector<std::string> result;
  for (const Phase &phase : tree.phases)
    result.push_back(phase.id);
  return result;
}

/// The wall time of the phase with that id or name, or -1 when there is none.
inline std::int64_t wall_of(const PhaseTree &tree, std::string_view what) {
  const Phase *phase = find_phase(tree, what);
  return phase ? phase->wall_ns : -1;
}

/// A log of messages a millisecond apart; those that end in a newline come from the console.
inline BootLog log_of(std::initializer_list<std::pair<Source, std::string>> messages,
                      std::map<std::string, std::string> environment = {}) {
  BootLog log;
  log.environment = std::move(environment);
  std::int64_t t_ns = 0;
  for (const auto &[source, message] : messages)
    log.events.push_back({t_ns += 1'000'000, source, message, {}});
  return log;
}

inline std::vector<std::string> texts(const std::vector<Line> &lines) {
  std::vector<std::string> result;
  for (const Line &line : lines)
    result.push_back(line.text);
  return result;
}

/// The console's bytes cut anew: each chunk is as long as next() says.
template <class Next>
std::vector<Event> rechunked(const std::vector<Event> &events, Next next) {
  std::vector<Event> result;
  for (const Event &event : events) {
    if (event.source != Source::appliance) {
      result.push_back(event);
      continue;
    }
    for (std::size_t at = 0; at < event.message.size();) {
      Event piece = event;
      piece.message = event.message.substr(at, std::max<std::size_t>(next(), 1));
      at += piece.message.size();
      result.push_back(std::move(piece));
    }
  }
  return result;
}

/// Neighbouring console events made one, with the time of the first.
inline std::vector<Event> joined(const std::vector<Event> &events) {
  std::vector<Event> result;
  for (const Event &event : events)
    if (event.source == Source::appliance && !result.empty() &&
        result.back().source == Source::appliance)
      result.back().message += event.message;
    else
      result.push_back(event);
  return result;
}

/// What a tree promises, whatever the log was.
inline void expect_sound(const PhaseTree &tree) {
  ASSERT_FALSE(tree.phases.empty());
  std::vector<std::int64_t> wall(tree.phases.size()), covered_to(tree.phases.size());
  std::vector<std::uint64_t> instructions(tree.phases.size());
  std::vector<std::array<std::uint64_t, stall_keys.size()>> stalls(tree.phases.size());
  std::vector<bool> has_children(tree.phases.size());
  std::vector<std::string> all = ids(tree);
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    EXPECT_GE(phase.wall_ns, 0) << phase.id;
    EXPECT_GE(phase.self_ns, 0) << phase.id;
    EXPECT_LE(phase.self_ns, phase.wall_ns) << phase.id;
    EXPECT_EQ(phase.id, path_of(tree, phase));
    covered_to[i] = phase.start_ns;
    if (!phase.timed()) {
      EXPECT_EQ(phase.start_ns + phase.wall_ns + phase.self_ns, 0) << phase.id << " has no time";
      EXPECT_FALSE(phase.instructions) << phase.id << " has no time";
    }
    ASSERT_EQ(phase.parent.has_value(), i > 0) << phase.id;
    if (!phase.parent)
      continue;
    ASSERT_LT(*phase.parent, i) << phase.id;
    const Phase &parent = tree.phases[*phase.parent];
    has_children[*phase.parent] = true;
    if (!phase.timed() || phase.clock != parent.clock)
      continue; // it is in its parent's "(other)"
    EXPECT_GE(phase.start_ns, parent.start_ns) << phase.id;
    EXPECT_LE(phase.start_ns + phase.wall_ns,
              parent.start_ns + parent.wall_ns + phase.other * phase.wall_ns)
        << phase.id;
    if (phase.overlaps)
      continue;
    wall[*phase.parent] += phase.wall_ns;
    instructions[*phase.parent] += phase.instructions.value_or(0);
    for (std::size_t key = 0; key < stall_keys.size(); ++key)
      stalls[*phase.parent][key] += (phase.stalls.*stall_keys[key].value).value_or(0);
    if (phase.other)
      continue;
    EXPECT_GE(phase.start_ns, covered_to[*phase.parent]) << phase.id << " overlaps a sibling";
    covered_to[*phase.parent] = phase.start_ns + phase.wall_ns;
  }
  for (std::size_t i = 0; i < tree.phases.size(); ++i) {
    if (!has_children[i])
      continue;
    EXPECT_EQ(wall[i], tree.phases[i].wall_ns) << tree.phases[i].id;
    EXPECT_EQ(instructions[i], tree.phases[i].instructions.value_or(0)) << tree.phases[i].id;
    for (std::size_t key = 0; key < stall_keys.size(); ++key)
      EXPECT_EQ(stalls[i][key], (tree.phases[i].stalls.*stall_keys[key].value).value_or(0))
          << stall_keys[key].in_phase << " of " << tree.phases[i].id;
  }
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end()) << "an id comes twice";
}

} // namespace bootperf::test
