// How `bootperf trend` grows with the nights: a store of sixty phases a night is filled, and the
// real program run on it. docs/trend.md has the figures.
#include <cstdlib>
#include <filesystem>
#include <sys/resource.h>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/process.h"
#include "statistics/random.h"
#include "trend/store/store.h"

namespace bootperf {
namespace {

constexpr int phases = 60;

SessionRecord record(std::int64_t night, Random &random) {
  const std::chrono::system_clock::time_point time(std::chrono::hours(24) * night);
  SessionRecord result{fmt::format("night-{:06}", night),
                       utc_text(time),
                       fmt::format("{:040x}", night),
                       "runner",
                       {},
                       {}};
  ClassRecord each{{Metric::wall, {{"arch", "x86_64"}, {"mode", "benchmark"}}}, 10, {}};
  for (int phase = 0; phase < phases; ++phase)
    each.phases.push_back(
        {fmt::format("run > phase {}", phase), 18 + 0.05 * phase + 0.1 * random.unit(), 0.1});
  result.classes.push_back(each);
  return result;
}

/// A trend of so many nights in a directory of its own.
class Filled {
public:
  explicit Filled(std::int64_t nights) {
    std::string path = (std::filesystem::temp_directory_path() / "bootperf-bench-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr)
      return;
    directory_ = path;
    auto database = Database::connect_or_create(place());
    if (!database || !migrate(*database))
      return;
    Random random(1);
    for (std::int64_t night = 0; night < nights; ++night)
      if (!add_session(*database, record(night, random)))
        return;
    filled_ = true;
  }
  ~Filled() {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }
  Filled(const Filled &) = delete;
  Filled &operator=(const Filled &) = delete;

  std::string place() const { return (directory_ / "trend.db").string(); }
  bool filled() const { return filled_; }

private:
  std::filesystem::path directory_;
  bool filled_ = false;
};

void run_verb(benchmark::State &state, std::vector<std::string> verb) {
  const Filled trend(state.range(0));
  if (!trend.filled())
    return state.SkipWithError("the store cannot be filled");
  std::vector<std::string> command = {BOOTPERF_BIN_DIR "/bootperf", "trend"};
  command.insert(command.end(), verb.begin(), verb.end());
  command.insert(command.end(), {"--store", trend.place()});
  for (auto _ : state) {
    const auto output = run_command(command, std::chrono::minutes(5), std::size_t{1} << 30);
    if (!output || output->status > 1)
      return state.SkipWithError(output ? output->text.c_str() : output.error().message.c_str());
  }
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage); // the largest child until now: run the sizes ascending
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
  state.counters["store_MB"] = static_cast<double>(std::filesystem::file_size(trend.place())) / 1e6;
}

void check(benchmark::State &state) {
  run_verb(state, {"check", "--thresholds", BOOTPERF_THRESHOLDS});
}

void write_csv(benchmark::State &state) {
  run_verb(state, {"export", "--format", "csv", "-o", "/dev/null"});
}

BENCHMARK(check)->Arg(100)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(write_csv)->Arg(10000)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace
} // namespace bootperf

BENCHMARK_MAIN();
