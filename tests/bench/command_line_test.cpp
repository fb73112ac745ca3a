#include "bench/command_line.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using Arguments = std::vector<std::string>;

CommandLine parsed(const Arguments &arguments,
                   const std::map<std::string, std::string> &environment = {}) {
  auto line = parse_command_line(arguments, environment);
  EXPECT_TRUE(line.has_value()) << (line ? "" : line.error().message);
  return line.value_or(CommandLine{});
}

std::string complaint(const Arguments &arguments,
                      const std::map<std::string, std::string> &environment = {}) {
  const auto line = parse_command_line(arguments, environment);
  EXPECT_FALSE(line.has_value());
  EXPECT_EQ(line ? ErrorKind::io : line.error().kind, ErrorKind::usage);
  return line ? "" : line.error().message;
}

TEST(Options, have_defaults) {
  const auto line = parsed({});
  EXPECT_EQ(line.own.session, "");
  EXPECT_EQ(line.own.warmup, 1);
  EXPECT_EQ(line.own.deadline, std::chrono::seconds(300));
  EXPECT_EQ(line.google.repetitions, 5);
}

TEST(Options, are_read) {
  const auto own =
      parsed({"--bootperf_session=s.json", "--bootperf_warmup=0", "--bootperf_env=A=1",
              "--bootperf_env=B=x=y", "--bootperf_accel=tcg", "--bootperf_backend=direct",
              "--bootperf_memsize=1024", "--bootperf_smp=2", "--bootperf_network",
              "--bootperf_drives=3", "--bootperf_append=quiet splash", "--bootperf_deadline=7",
              "--bootperf_logs=/tmp/logs", "--bootperf_jobs=2", "--bootperf_subject=base",
              "--bootperf_replay=a.jsonl,b.jsonl"})
          .own;
  EXPECT_EQ(own.session, "s.json");
  EXPECT_EQ(own.warmup, 0);
  EXPECT_EQ(own.environment, (std::map<std::string, std::string>{{"A", "1"}, {"B", "x=y"}}));
  EXPECT_EQ(own.accelerator, Accelerator::tcg);
  EXPECT_EQ(own.backend, "direct");
  EXPECT_EQ(own.memsize_mib, 1024);
  EXPECT_EQ(own.smp, 2);
  EXPECT_TRUE(own.network);
  EXPECT_EQ(own.drives, 3);
  EXPECT_EQ(own.append, "quiet splash");
  EXPECT_EQ(own.deadline, std::chrono::seconds(7));
  EXPECT_EQ(own.jobs, 2);
  EXPECT_EQ(own.subject, "base");
  EXPECT_EQ(own.replay, (std::vector<std::filesystem::path>{"a.jsonl", "b.jsonl"}));
}

TEST(Options, that_nobody_knows_name_the_nearest) {
  EXPECT_NE(complaint({"--bootperf_sesion=x"}).find("--bootperf_session"), std::string::npos);
  EXPECT_NE(complaint({"--benchmark_repetition=3"}).find("--benchmark_repetitions"),
            std::string::npos);
  EXPECT_NE(complaint({"--xyzzy"}).find("--xyzzy"), std::string::npos);
  EXPECT_NE(complaint({"word"}).find("word"), std::string::npos);
}

TEST(Options, with_wrong_values_are_refused) {
  for (const char *argument :
       {"--bootperf_warmup=-1", "--bootperf_warmup=x", "--bootperf_warmup", "--bootperf_accel=xen",
        "--bootperf_env=novalue", "--bootperf_env==x", "--bootperf_memsize=1", "--bootperf_jobs=0",
        "--bootperf_deadline=0", "--bootperf_replay=", "--bootperf_smp=1x",
        "--bootperf_network=perhaps"}) {
    EXPECT_NE(complaint({argument}), "") << argument;
  }
}

TEST(GoogleFlags, win_in_the_order_they_are_given) {
  EXPECT_EQ(parsed({"--benchmark_repetitions=2", "--benchmark_repetitions=7"}).google.repetitions,
            7);
  EXPECT_EQ(parsed({}, {{"BENCHMARK_REPETITIONS", "3"}}).google.repetitions, 3);
  EXPECT_EQ(
      parsed({"--benchmark_repetitions=4"}, {{"BENCHMARK_REPETITIONS", "3"}}).google.repetitions,
      4);
}

TEST(GoogleFlags, are_kept_for_google_benchmark) {
  const auto line = parsed({"--benchmark_out=o.json", "--benchmark_format=csv",
                            "--benchmark_filter=traced", "--benchmark_counters_tabular=true"});
  EXPECT_EQ(line.rest.size(), 4u);
  EXPECT_EQ(line.google.out, "o.json");
  EXPECT_EQ(line.google.format, "csv");
  EXPECT_EQ(line.google.filter, "traced");
}

TEST(GoogleFlags, that_would_exit_0_over_a_mistake_are_refused_here) {
  for (const char *argument :
       {"--benchmark_format=xml", "--benchmark_out_format=yaml", "--benchmark_repetitions=0",
        "--benchmark_repetitions=many", "--benchmark_time_unit=h", "--benchmark_min_time=soon",
        "--benchmark_list_tests=perhaps", "--benchmark_format"}) {
    EXPECT_NE(complaint({argument}), "") << argument;
  }
  EXPECT_NE(complaint({}, {{"BENCHMARK_FORMAT", "xml"}}).find("BENCHMARK_FORMAT"),
            std::string::npos);
}

TEST(Help, names_every_flag) {
  const auto help = help_text();
  for (const char *flag : {"--bootperf_session", "--bootperf_replay", "--benchmark_out"}) {
    EXPECT_NE(help.find(flag), std::string::npos) << flag;
  }
  EXPECT_TRUE(parsed({"--help"}).own.help);
}

} // namespace
} // namespace bootperf
