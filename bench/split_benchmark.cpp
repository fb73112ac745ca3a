// How long it takes to split a boot log into phases, and how that grows with its length. The
// figures are in docs/phases.md.
#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "base/files.h"
#include "capture/log/boot_log.h"
#include "phases/rules.h"

namespace bootperf {
namespace {

const char *const recording = BOOTPERF_TEST_DATA "/bootlogs/traced-1.jsonl";

/// The value, or the end of a benchmark that has nothing to measure.
template <class T>
T checked(Result<T> result) {
  if (result)
    return std::move(*result);
  fmt::print(stderr, "{}\n", to_text(result.error()));
  std::exit(2);
}

void split_traced(benchmark::State &state) {
  const Rules rules = checked(load_rules(""));
  const BootLog log = checked(read_boot_log(recording));
  for (auto _ : state)
    benchmark::DoNotOptimize(rules.split(log));
  state.counters["events"] = static_cast<double>(log.events.size());
}

void read_and_split_traced(benchmark::State &state) {
  const Rules rules = checked(load_rules(""));
  for (auto _ : state)
    benchmark::DoNotOptimize(rules.split(checked(read_boot_log(recording))));
}

void compile_shipped_rules(benchmark::State &state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(load_rules(""));
}

BootLog empty_log() {
  BootLog log;
  log.environment = {{"mode", "initcalls"}, {"arch", "x86_64"}, {"backend", "direct"}};
  log.events.push_back({0, Source::enter, "launch", {}});
  return log;
}

void end_log(BootLog &log) {
  const std::int64_t end = log.events.back().t_ns + 1000;
  log.events.push_back({end, Source::launch_done, "", {}});
  log.events.push_back({end + 1000, Source::close, "", {}});
}

/// A console of that many events, a line each: what a chatty kernel writes.
BootLog chatter(std::int64_t events) {
  BootLog log = empty_log();
  for (std::int64_t i = 0; i < events; ++i)
    log.events.push_back(
        {i * 1000, Source::appliance,
         fmt::format("[{:5}.{:06}] pci 0000:00:{:02x}.0: BAR 4 [mem 0xfebf0000]\r\n", i / 1'000'000,
                     i % 1'000'000, i % 256),
         static_cast<std::uint64_t>(i)});
  end_log(log);
  return log;
}

/// That many initcalls, an event each for the call and the return.
BootLog initcalls(std::int64_t calls) {
  BootLog log = empty_log();
  log.events.push_back({500, Source::appliance, "    -no-user-config \\\n", {}});
  for (std::int64_t i = 0; i < calls; ++i) {
    const std::string stamp = fmt::format("[{:5}.{:06}] ", i / 1'000'000, i % 1'000'000);
    log.events.push_back({1000 + i * 1000,
                          Source::appliance,
                          fmt::format("{}calling  fn_{}+0x0/0x10 @ 1\r\n", stamp, i),
                          {}});
    log.events.push_back(
        {1500 + i * 1000,
         Source::appliance,
         fmt::format("{}initcall fn_{}+0x0/0x10 returned 0 after 1 usecs\r\n", stamp, i),
         {}});
  }
  end_log(log);
  return log;
}

template <BootLog (*Make)(std::int64_t)>
void growth(benchmark::State &state) {
  const Rules rules = checked(load_rules(""));
  const BootLog log = Make(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(rules.split(log));
  state.SetComplexityN(state.range(0));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(split_traced)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_and_split_traced)->Unit(benchmark::kMicrosecond);
BENCHMARK(compile_shipped_rules)->Unit(benchmark::kMicrosecond);
BENCHMARK_TEMPLATE(growth, chatter)
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(growth, initcalls)
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace bootperf

BENCHMARK_MAIN();
