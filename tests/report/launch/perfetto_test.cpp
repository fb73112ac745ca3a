#include "report/launch/formats.h"

#include <cmath>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/golden.h"
#include "report/launch/instruction_counter.h"
#include "report/trees.h"

namespace bootperf {
namespace {

using nlohmann::json;

Launch launch_of(const PhaseTree &tree) {
  Launch launch;
  launch.scenario = "Launch/traced";
  launch.ok = true;
  launch.phases = tree;
  return launch;
}

Session session_of(const std::vector<PhaseTree> &trees) {
  Session session;
  session.id = "20261122-1";
  for (const PhaseTree &tree : trees)
    session.launches.push_back(launch_of(tree));
  return session;
}

PhaseTree counted_launch() {
  return TreeBuilder()
      .add("", "run", 0, 100 * ms)
      .counted(1000)
      .add("run", "qemu", 20 * ms, 40 * ms)
      .counted(500)
      .add("run", "kernel", 80 * ms, 20 * ms)
      .counted(300)
      .add("run", "(other)", 0, 40 * ms)
      .counted(200)
      .tree();
}

std::vector<json> events_of(const std::string &trace, const std::string &kind) {
  std::vector<json> events;
  const json document = json::parse(trace); // outlives the loop over a part of it
  for (const json &event : document["traceEvents"])
    if (event["ph"] == kind)
      events.push_back(event);
  return events;
}

TEST(Perfetto, draws_every_launch_on_a_track_of_its_own) {
  const std::string trace = perfetto_trace(session_of({small_launch(), small_launch(50)}), {});
  expect_golden("small.trace.json", trace);
  std::set<int> tracks;
  for (const json &slice : events_of(trace, "B"))
    tracks.insert(slice["tid"].get<int>());
  EXPECT_EQ(tracks, (std::set{1, 2}));
}

TEST(Perfetto, ends_each_slice_before_its_parent_and_before_the_next_one_begins) {
  const json trace = json::parse(perfetto_trace(session_of({small_launch()}), {}));
  std::vector<std::string> open;
  double last = 0;
  for (const json &event : trace["traceEvents"]) {
    if (event["ph"] == "B")
      open.push_back(event["name"]);
    if (event["ph"] == "E") {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), event["name"].get<std::string>());
      open.pop_back();
    }
    if (event["ph"] == "B" || event["ph"] == "E") {
      EXPECT_GE(event["ts"], last) << event;
      last = event["ts"];
    }
  }
  EXPECT_TRUE(open.empty());
}

TEST(Perfetto, has_phases_of_no_length_as_instants) {
  const PhaseTree tree = TreeBuilder()
                             .add("", "run", 0, 100 * ms)
                             .add("run", "entry", 10 * ms, 0)
                             .add("run > entry", "inner", 10 * ms, 0)
                             .add("run", "next", 10 * ms, 50 * ms)
                             .tree();
  const std::string trace = perfetto_trace(session_of({tree}), {});
  EXPECT_EQ(events_of(trace, "i").size(), 2U);
  const std::vector<json> ends = events_of(trace, "E");
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(ends[0]["name"], "next");
}

TEST(Perfetto, leaves_out_what_is_no_interval_and_draws_what_overlaps_aside) {
  const PhaseTree tree = TreeBuilder()
                             .add("", "run", 0, 100 * ms)
                             .add("run", "initcall a", 10 * ms, 50 * ms)
                             .add("run", "initcall b", 20 * ms, 60 * ms)
                             .overlapping()
                             .add("run", "(other)", 0, 50 * ms)
                             .tree();
  const std::string trace = perfetto_trace(session_of({tree}), {});
  EXPECT_EQ(trace.find("(other)"), std::string::npos);
  ASSERT_EQ(events_of(trace, "b").size(), 1U);
  EXPECT_EQ(events_of(trace, "b")[0]["id"], events_of(trace, "e")[0]["id"]);
}

TEST(Perfetto, has_console_lines_as_instants_escaped) {
  const std::string evil = "\033[2J</script> " + std::string(300, 'x');
  const LaunchLines lines = {
      {0, {{5 * ms, 7, Source::appliance, evil}, {6 * ms, 9, Source::library, ""}}}};
  const std::string trace = perfetto_trace(session_of({small_launch()}), lines);
  const std::vector<json> instants = events_of(trace, "i");
  ASSERT_EQ(instants.size(), 1U) << "an empty line says nothing";
  EXPECT_EQ(instants[0]["ts"], 5000.0);
  EXPECT_TRUE(instants[0]["name"].get<std::string>().starts_with("\\x1b[2J"));
  EXPECT_GT(instants[0]["args"]["line"].get<std::string>().size(), 300U);
  EXPECT_EQ(events_of(trace, "C").size(), 2U) << "counts of the lines themselves";
}

TEST(Perfetto, opens_without_a_launch) {
  EXPECT_TRUE(json::parse(perfetto_trace({}, {}))["traceEvents"].empty());
}

TEST(InstructionCounter, is_exact_where_phases_end_and_even_in_between) {
  std::vector<std::int64_t> counts;
  for (const CountAt &each : counts_of(counted_launch()))
    counts.push_back(std::llround(each.instructions));
  // 200 instructions in gaps of 20 ms before qemu and 20 ms before the kernel.
  EXPECT_EQ(counts, (std::vector<std::int64_t>{0, 100, 600, 700, 1000, 1000}));
}

TEST(InstructionCounter, says_nothing_where_nothing_was_counted) {
  EXPECT_TRUE(counts_of(small_launch()).empty());
  EXPECT_TRUE(counts_of(PhaseTree{}).empty());
  EXPECT_TRUE(counts_of(std::vector<Line>{{0, std::nullopt, Source::appliance, "x"}}).empty());
}

} // namespace
} // namespace bootperf
