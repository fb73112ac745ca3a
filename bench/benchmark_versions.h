#pragma once

#include <string>
#include <utility>

#include <benchmark/benchmark.h>

namespace bootperf {

/// What differs between Google Benchmark 1.7 (Debian 12) and 1.8 (Ubuntu 24.04).

/// Whether a run ended in an error: error_occurred until 1.7, skipped since 1.8.
template <class Run>
bool failed(const Run &run) {
  if constexpr (requires { run.error_occurred; }) {
    return run.error_occurred;
  } else {
    return static_cast<unsigned>(run.skipped) != 0;
  }
}

/// What the error was: error_message until 1.7, skip_message since 1.8.
template <class Run>
std::string &error_message(Run &run) {
  if constexpr (requires { run.error_message; }) {
    return run.error_message;
  } else {
    return run.skip_message;
  }
}

/// Takes a const char* until 1.7, a std::string since 1.8.
template <class State>
void skip_with_error(State &state, const std::string &message) {
  state.SkipWithError(message.c_str());
}

/// Takes a const char* until 1.7, a std::string since 1.8.
template <class Body>
auto *register_benchmark(const std::string &name, Body body) {
  return benchmark::RegisterBenchmark(name.c_str(), std::move(body));
}

} // namespace bootperf
