#include "cli/launch_options.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(LaunchOptions, hand_on_only_what_was_given) {
  LaunchOptions options;
  options.output = "s.json";
  EXPECT_EQ(benchmark_arguments(options), std::vector<std::string>{"--bootperf_session=s.json"});
}

TEST(LaunchOptions, name_a_scenario_exactly) {
  LaunchOptions options;
  options.mode = "quiet"; // not Launch/quiet/smp:2/…
  EXPECT_EQ(benchmark_arguments(options).front(), "--benchmark_filter=^Launch/quiet$");
}

TEST(LaunchOptions, join_what_is_replayed) {
  LaunchOptions options;
  options.replay = {"a.jsonl", "b.jsonl"};
  EXPECT_EQ(benchmark_arguments(options).back(), "--bootperf_replay=a.jsonl,b.jsonl");
}

} // namespace
} // namespace bootperf
