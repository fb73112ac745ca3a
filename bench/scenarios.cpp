#include "bench/scenarios.h"

#include <string_view>

#include <regex.h>

#include <fmt/format.h>

#include "base/text.h"
#include "session/scenario_name.h"

namespace bootperf {

namespace {

constexpr std::string_view of_levers = "WhatIf/";
// More do not fit into the memory of most machines; `bootperf capacity` goes on as long as it
// grows.
constexpr std::size_t most_at_once = 64;

// Whether a filter says the first word of a scenario's name.
bool says_kind(const std::string &filter, std::string_view scenario) {
  return filter.find(scenario.substr(0, scenario.find('/'))) != std::string::npos;
}

} // namespace

bool asks_for_levers(const std::string &filter) {
  return says_kind(filter, of_levers);
}

std::vector<ScenarioPlan> all_scenarios(const std::vector<Lever> &levers,
                                        const std::vector<Guest> &guests) {
  std::vector<ScenarioPlan> all = {
      {.name = "Launch/quiet", .mode = Mode::quiet, .by_default = true},
      {.name = "Launch/traced", .mode = Mode::traced, .by_default = true},
      {.name = "Launch/initcalls", .mode = Mode::initcalls},
      {.name = "Launch/counted", .mode = Mode::counted},
      {.name = "Launch/counted/network", .mode = Mode::counted, .network = true},
      {.name = "Launch/profiled", .mode = Mode::counted, .profiled = true},
      {.name = "Launch/cold", .mode = Mode::traced, .cold = true},
  };
  // 1280 MiB is libguestfs' default; below 512 the appliance of today does not come up reliably.
  for (const int smp : {1, 2, 4}) {
    for (const int memsize : {512, 1280, 4096}) {
      all.push_back({.name = fmt::format("Launch/quiet/smp:{}/memsize:{}", smp, memsize),
                     .mode = Mode::quiet,
                     .smp = smp,
                     .memsize_mib = memsize});
    }
  }
  for (const Lever &lever : levers) {
    all.push_back(
        {.name = std::string(of_levers) + lever.name, .mode = Mode::counted, .lever = lever});
  }
  for (std::size_t at_once = 1; at_once <= most_at_once; at_once *= 2) {
    all.push_back({.name = fmt::format("{}/threads:{}", of_capacity, at_once),
                   .mode = Mode::quiet,
                   .at_once = at_once});
  }
  for (const Guest &guest : guests) {
    all.push_back({.name = guest.name, .mode = Mode::counted, .guest = guest.name});
    all.push_back({.name = traced_guest(guest.name), .mode = Mode::traced, .guest = guest.name});
  }
  return all;
}

Result<std::vector<ScenarioPlan>> select_scenarios(const std::vector<ScenarioPlan> &scenarios,
                                                   const std::string &filter) {
  std::vector<ScenarioPlan> selected;
  const bool negative = filter.starts_with('-');
  const std::string pattern = filter == "all" ? "" : filter.substr(negative ? 1 : 0);
  regex_t expression;
  if (const int error = regcomp(&expression, pattern.c_str(), REG_EXTENDED | REG_NOSUB)) {
    char message[256];
    regerror(error, &expression, message, sizeof message);
    return fail(ErrorKind::usage,
                fmt::format("--benchmark_filter={}: {}", printable(filter), message));
  }
  for (const auto &scenario : scenarios) {
    const bool matches = regexec(&expression, scenario.name.c_str(), 0, nullptr, 0) == 0;
    if (filter.empty() ? scenario.by_default
                       : matches != negative && (scenario.name.starts_with(scenario_prefix) ||
                                                 says_kind(filter, scenario.name))) {
      selected.push_back(scenario);
    }
  }
  regfree(&expression);
  if (selected.empty()) {
    return fail(ErrorKind::usage,
                fmt::format("--benchmark_filter={} selects no scenario; --benchmark_list_tests "
                            "lists them",
                            printable(filter)));
  }
  return selected;
}

} // namespace bootperf
