// The real program on recorded boot logs: everything but libguestfs itself.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/process.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class BootBenchmarks : public testing::Test {
protected:
  BootBenchmarks() {
    directory =
        fs::path(testing::TempDir()) /
        (std::string("bench-") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(directory);
    fs::create_directories(directory);
  }
  ~BootBenchmarks() override { fs::remove_all(directory); }

  static std::string log(const std::string &name) {
    return std::string(BOOTPERF_TEST_DATA) + "/bootlogs/" + name + ".jsonl";
  }

  /// Runs the program; the session is in session().
  CommandOutput run(std::vector<std::string> arguments) {
    std::vector<std::string> command{std::string(BOOTPERF_BIN_DIR) + "/boot_benchmarks",
                                     "--bootperf_force",
                                     "--bootperf_session=" + (directory / "session.json").string()};
    std::ranges::move(arguments, std::back_inserter(command));
    auto output = run_command(command, std::chrono::seconds(60));
    EXPECT_TRUE(output.has_value()) << (output ? "" : output.error().message);
    return output.value_or(CommandOutput{-1, ""});
  }

  json file(const std::string &name) const {
    const auto text = read_file(directory / name);
    EXPECT_TRUE(text.has_value());
    auto parsed = json::parse(text.value_or(""), nullptr, false);
    EXPECT_FALSE(parsed.is_discarded());
    return parsed;
  }
  json session() const { return file("session.json"); }

  fs::path directory;
};

const std::string only_traced = "--benchmark_filter=Launch/traced$";

TEST_F(BootBenchmarks, show_the_timeline_and_the_longest_phases) {
  const auto output = run({only_traced, "--benchmark_repetitions=2",
                           "--bootperf_replay=" + log("traced-1") + "," + log("traced-2")});
  EXPECT_EQ(output.status, 0) << output.text;
  EXPECT_NE(output.text.find("Launch/traced"), std::string::npos);
  EXPECT_NE(output.text.find("seabios"), std::string::npos);
  EXPECT_NE(output.text.find("Launch/traced warm-up 1/1: "), std::string::npos);
  EXPECT_NE(output.text.find(" left"), std::string::npos);
  EXPECT_EQ(output.text.find('\x1b'), std::string::npos);
}

TEST_F(BootBenchmarks, measure_quiet_and_traced_by_default_five_times) {
  const auto output = run({"--bootperf_replay=" + log("traced-1") + "," + log("quiet")});
  EXPECT_EQ(output.status, 0) << output.text;
  const auto made = session();
  ASSERT_EQ(made["scenarios"].size(), 2u);
  EXPECT_EQ(made["launches"].size(), 12u);
}

TEST_F(BootBenchmarks, have_every_phase_as_a_run_in_the_json) {
  const auto out = (directory / "out.json").string();
  const auto output = run({only_traced, "--benchmark_repetitions=3", "--benchmark_out=" + out,
                           "--bootperf_replay=" + log("traced-1") + "," + log("traced-3")});
  ASSERT_EQ(output.status, 0) << output.text;
  std::set<std::string> phases;
  int repetitions = 0, aggregates = 0;
  const auto written = file("out.json"); // outlives the loop over a part of it
  for (const auto &run : written["benchmarks"]) {
    const std::string name = run["name"];
    EXPECT_TRUE(name.starts_with("Launch/traced")) << name;
    if (run["run_type"] == "aggregate") {
      aggregates += 1;
    } else if (const auto at = name.find("/phase:"); at != std::string::npos) {
      phases.insert(name.substr(at + 7));
    } else {
      repetitions += 1;
      EXPECT_GT(run["real_time"].get<double>(), 1000.0);
      EXPECT_EQ(run["time_unit"], "ms");
    }
  }
  EXPECT_EQ(repetitions, 3);
  EXPECT_GT(aggregates, 4);
  std::set<std::string> in_session;
  const auto recorded = session();
  for (const auto &launch : recorded["launches"]) {
    for (const auto &phase : launch["phases"]) {
      in_session.insert(phase["id"].get<std::string>());
    }
  }
  EXPECT_EQ(phases, in_session);
  EXPECT_TRUE(phases.contains("run > launch"));
}

TEST_F(BootBenchmarks, have_a_failed_launch_as_an_error_not_a_number) {
  const auto out = (directory / "out.json").string();
  const auto output = run({only_traced, "--benchmark_repetitions=2", "--bootperf_warmup=0",
                           "--benchmark_out=" + out,
                           "--bootperf_replay=" + log("traced-1") + "," + log("kernel-panic")});
  EXPECT_EQ(output.status, 0) << output.text; // one launch came up
  int errors = 0;
  const auto written = file("out.json"); // outlives the loop over a part of it
  for (const auto &run : written["benchmarks"]) {
    if (run.value("error_occurred", false)) {
      errors += 1;
      EXPECT_EQ(run["name"], "Launch/traced");
      EXPECT_NE(run["error_message"].get<std::string>().find("failed in run"), std::string::npos);
    } else {
      EXPECT_GE(run["real_time"].get<double>(), 0.0);
      EXPECT_EQ(run["repetition_index"], 0);
    }
  }
  EXPECT_EQ(errors, 1);
  EXPECT_FALSE(session()["launches"][1]["ok"].get<bool>());
}

TEST_F(BootBenchmarks, exit_4_when_no_launch_came_up) {
  const auto output = run({only_traced, "--bootperf_replay=" + log("kernel-panic")});
  EXPECT_EQ(output.status, 4) << output.text;
  EXPECT_EQ(session()["launches"].size(), 3u); // and then gave up
}

TEST_F(BootBenchmarks, mark_warm_ups_in_the_session) {
  ASSERT_EQ(run({only_traced, "--benchmark_repetitions=1", "--bootperf_warmup=2",
                 "--bootperf_replay=" + log("traced-1")})
                .status,
            0);
  const auto launches = session()["launches"];
  ASSERT_EQ(launches.size(), 3u);
  EXPECT_TRUE(launches[0]["warmup"].get<bool>() && launches[1]["warmup"].get<bool>());
  EXPECT_FALSE(launches[2]["warmup"].get<bool>());
}

TEST_F(BootBenchmarks, print_json_and_nothing_else_when_asked) {
  const auto output = run_command({"sh", "-c", "exec \"$0\" \"$@\" 2>/dev/null",
                                   std::string(BOOTPERF_BIN_DIR) + "/boot_benchmarks", only_traced,
                                   "--benchmark_format=json", "--benchmark_repetitions=2",
                                   "--bootperf_session=" + (directory / "session.json").string(),
                                   "--bootperf_replay=" + log("traced-1")},
                                  std::chrono::seconds(60));
  ASSERT_TRUE(output.has_value());
  const auto parsed = json::parse(output->text, nullptr, false);
  ASSERT_FALSE(parsed.is_discarded());
  EXPECT_EQ(parsed["context"]["bootperf_session"], session()["id"]);
}

TEST_F(BootBenchmarks, write_csv_whose_lines_have_the_same_columns_even_after_a_failure) {
  const auto output =
      run({"--benchmark_filter=Launch/(quiet|traced)$", "--benchmark_out_format=csv",
           "--bootperf_warmup=0", "--benchmark_repetitions=1",
           "--benchmark_out=" + (directory / "out.csv").string(),
           "--bootperf_replay=" + log("quiet") + "," + log("traced-1")});
  ASSERT_EQ(output.status, 0) << output.text;
  std::ifstream csv(directory / "out.csv");
  std::size_t columns = 0, lines = 0;
  for (std::string line; std::getline(csv, line); ++lines) {
    const auto commas = static_cast<std::size_t>(std::ranges::count(line, ','));
    columns = lines == 0 ? commas : columns;
    EXPECT_EQ(commas, columns) << line;
  }
  EXPECT_GT(lines, 10u);
}

TEST_F(BootBenchmarks, do_not_abort_csv_when_the_first_launch_failed) {
  const auto output = run({"--benchmark_filter=Launch/(quiet|traced)$", "--benchmark_format=csv",
                           "--bootperf_warmup=0", "--benchmark_repetitions=1",
                           "--bootperf_replay=" + log("quiet") + "," + log("kernel-panic")});
  EXPECT_EQ(output.status, 4) << output.text;
}

TEST_F(BootBenchmarks, launch_guests_at_once_over_threads) {
  const auto output = run({"--benchmark_filter=Capacity/threads:2$", "--benchmark_repetitions=2",
                           "--benchmark_out=" + (directory / "out.json").string(),
                           "--bootperf_replay=" + log("quiet")});
  EXPECT_EQ(output.status, 0) << output.text;
  EXPECT_NE(output.text.find("bootperf capacity --recorded "), std::string::npos) << output.text;
  const json made = session();
  EXPECT_EQ(made["launches"].size(), 5u) << "a warm-up, and twice two";
  EXPECT_EQ(made["launches"][1]["subject"], "2-at-once");
  EXPECT_EQ(made["capacity"]["levels"][0]["at_once"], 2);
  const json benchmarks = file("out.json")["benchmarks"];
  ASSERT_GT(benchmarks.size(), 2u);
  const json &first = benchmarks[0], &second = benchmarks[1];
  EXPECT_EQ(first["name"], "Capacity/threads:2");
  EXPECT_GT(first["guests_a_minute"].get<double>(), 0);
  const auto mean = std::ranges::find_if(benchmarks, [](const json &benchmark) {
    return benchmark["name"] == "Capacity/threads:2_mean";
  });
  ASSERT_NE(mean, benchmarks.end());
  EXPECT_NEAR((*mean)["real_time"].get<double>(),
              (first["real_time"].get<double>() + second["real_time"].get<double>()) / 2, 1e-6);
  EXPECT_EQ((*mean)["guests_a_minute"], first["guests_a_minute"]);
}

TEST_F(BootBenchmarks, know_the_capacity_of_one_repetition) {
  ASSERT_EQ(run({"--benchmark_filter=Capacity/threads:2$", "--benchmark_repetitions=1",
                 "--bootperf_replay=" + log("quiet")})
                .status,
            0);
  EXPECT_GT(session()["capacity"]["levels"][0]["elapsed_ns"].get<double>(), 0);
}

TEST_F(BootBenchmarks, list_every_scenario) {
  const auto output = run({"--benchmark_list_tests"});
  EXPECT_EQ(output.status, 0);
  for (const char *name :
       {"Launch/quiet\n", "Launch/traced\n", "Launch/initcalls\n", "Launch/counted\n",
        "Launch/cold\n", "Launch/quiet/smp:4/memsize:512\n"}) {
    EXPECT_NE(output.text.find(name), std::string::npos) << name;
  }
}

TEST_F(BootBenchmarks, exit_2_over_wrong_usage_and_make_no_session) {
  const std::vector<std::vector<std::string>> wrong = {
      {"--benchmark_format=xml"},
      {"--benchmark_filter=nonesuch"},
      {"--benchmark_filter=("},
      {"--benchmark_out=" + (directory / "no" / "such.json").string()},
      {"--benchmark_context=nothing"},
      {"--bootperf_sesion=x"},
      {"--bootperf_rules=/nonexistent.yaml"},
      {"--bootperf_replay=/nonexistent.jsonl"},
      {"--bootperf_session=" + directory.string()},
      {"--bootperf_session=/proc/session.json"},
      {"--bootperf_logs=/proc/logs"},
      {"stray"},
  };
  for (auto arguments : wrong) {
    const auto what = arguments.front();
    if (!what.starts_with("--bootperf_replay")) {
      arguments.push_back("--bootperf_replay=" + log("traced-1"));
    }
    const auto output = run(arguments);
    EXPECT_EQ(output.status, 2) << what << '\n' << output.text;
    EXPECT_NE(output.text.find("boot_benchmarks: "), std::string::npos) << what;
    EXPECT_FALSE(fs::exists(directory / "session.json")) << what;
  }
}

TEST_F(BootBenchmarks, replace_the_session_file_whole) {
  ASSERT_EQ(run({only_traced, "--benchmark_repetitions=1", "--bootperf_replay=" + log("traced-1")})
                .status,
            0);
  const auto first = session();
  ASSERT_EQ(run({only_traced, "--benchmark_repetitions=1", "--bootperf_replay=" + log("traced-2")})
                .status,
            0);
  EXPECT_NE(session()["id"], first["id"]);
  EXPECT_EQ(session()["launches"].size(), 2u);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory), {}), 1); // no temporary left
}

TEST_F(BootBenchmarks, keep_the_boot_logs_when_asked) {
  ASSERT_EQ(run({only_traced, "--benchmark_repetitions=1",
                 "--bootperf_logs=" + (directory / "logs").string(),
                 "--bootperf_replay=" + log("traced-1")})
                .status,
            0);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory / "logs"), {}), 2);
}

TEST_F(BootBenchmarks, know_who_they_are_and_where) {
  ASSERT_EQ(run({only_traced, "--benchmark_repetitions=1", "--bootperf_env=LIBGUESTFS_PATH=/mine",
                 "--bootperf_subject=mine", "--bootperf_replay=" + log("traced-1")})
                .status,
            0);
  const auto made = session();
  EXPECT_FALSE(made["id"].get<std::string>().empty());
  EXPECT_TRUE(made["seed"].is_number_unsigned());
  EXPECT_EQ(made["environment"]["LIBGUESTFS_PATH"], "/mine");
  EXPECT_FALSE(made["host"].empty());
  EXPECT_EQ(made["launches"][0]["subject"], "mine");
}

TEST_F(BootBenchmarks, interleave_in_random_order_when_asked) {
  const auto output = run({"--benchmark_enable_random_interleaving=true",
                           "--benchmark_repetitions=3", "--benchmark_report_aggregates_only=true",
                           "--benchmark_out=" + (directory / "out.json").string(),
                           "--bootperf_replay=" + log("traced-1") + "," + log("quiet")});
  ASSERT_EQ(output.status, 0) << output.text;
  const auto written = file("out.json"); // outlives the loop over a part of it
  for (const auto &run : written["benchmarks"]) {
    EXPECT_EQ(run["run_type"], "aggregate");
  }
}

} // namespace
} // namespace bootperf
