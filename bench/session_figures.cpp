// How often launches of an unchanged appliance are called slower or faster against a baseline of
// other sessions, and how often a slow-down is found, on recorded counted launches
// (those of a directory, else tests/data/sessions/counted). Every judged session is one that its
// baseline never saw. docs/statistics.md has what it prints.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "bench/recorded_traces.h"
#include "statistics/distributions.h"
#include "statistics/random.h"
#include "statistics/two_sample.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

constexpr const char *names[] = {"launch",          "seabios",
                                 "kernel:overhead", "supermin:mini-initrd",
                                 "/init",           "/init:udev-overhead",
                                 "/init:lvm-probe", "guestfsd"};
constexpr std::size_t columns = std::size(names);
constexpr std::size_t judged_launches = 2, stored_launches = 10;
constexpr double alpha = 0.01;
constexpr double launch_slower = 1.005, phase_slower = 1.015;

using Sessions = std::vector<LaunchValues>;

double value_of(const PhaseValues &launch, const std::string &name) {
  for (const auto &[column, value] : launch)
    if (!column.is_halt() && column.phase.ends_with(" > " + name))
      return value;
  return std::nan("");
}

Result<Sessions> recorded_sessions(const std::string &directory) {
  const Result<Traces> traces = recorded_traces(directory, "Launch/counted", Metric::instructions);
  if (!traces)
    return tl::unexpected(traces.error());
  Sessions sessions;
  for (const std::vector<PhaseValues> &session : traces->sessions) {
    LaunchValues launches;
    for (const PhaseValues &launch : session) {
      std::vector<double> values;
      for (const char *name : names)
        values.push_back(value_of(launch, name));
      if (std::ranges::any_of(values, [](double value) { return std::isnan(value); }))
        return fail(ErrorKind::input, "a recorded launch lacks a gated phase");
      launches.push_back(std::move(values));
    }
    sessions.push_back(std::move(launches));
  }
  return sessions;
}

/// A baseline, and two launches of a session that is not in it.
struct Pair {
  Sessions baseline;
  LaunchValues now;

  LaunchValues pooled() const {
    LaunchValues all;
    for (const LaunchValues &session : baseline)
      all.insert(all.end(), session.begin(), session.end());
    return all;
  }
};

/// So many baselines of the recorded sessions, drawn without end, each with a pair of neighbouring
/// launches of one of the others.
Pair drawn(const Sessions &sessions, std::size_t in_baseline, Random &random) {
  std::vector<std::size_t> order(sessions.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  for (std::size_t i = 0; i <= in_baseline; ++i)
    std::swap(order[i], order[i + random.below(order.size() - i)]);
  Pair pair;
  for (std::size_t i = 0; i < in_baseline; ++i) {
    const LaunchValues &all = sessions[order[i]];
    pair.baseline.emplace_back(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                              all.size(), stored_launches)));
  }
  const LaunchValues &other = sessions[order[in_baseline]];
  const std::size_t first = judged_launches * random.below(other.size() / judged_launches);
  pair.now = {other[first], other[first + 1]};
  return pair;
}

struct Rates {
  std::size_t pairs = 0, called = 0, launch_found = 0, phase_found = 0;
};

std::vector<ColumnDecision> decided(const Pair &pair, bool by_sessions) {
  const std::vector<SessionSpread> spreads =
      by_sessions ? session_spreads(pair.baseline, pair.now.size()) : std::vector<SessionSpread>();
  const std::vector<ColumnMargin> margins(columns, {0.001, 0});
  return decide_two_samples(pair.pooled(), pair.now, margins, {alpha, alpha, alpha}, {.seed = 1},
                            spreads)
      .columns;
}

Pair with_change(Pair pair, std::size_t column, double factor) {
  for (std::vector<double> &launch : pair.now)
    launch[column] *= factor;
  return pair;
}

/// Called something is what reaches alpha in one direction; each has its own error rate.
Rates rates_of(const Sessions &sessions, std::size_t in_baseline, bool by_sessions) {
  constexpr std::size_t pairs = 2000;
  Random random(5);
  Rates rates;
  for (; rates.pairs < pairs; ++rates.pairs) {
    const Pair pair = drawn(sessions, in_baseline, random);
    const std::size_t phase = 1 + random.below(columns - 1);
    rates.called += std::ranges::any_of(
        decided(pair, by_sessions), [](const auto &column) { return column.p_slower <= alpha; });
    const auto is_found = [&](std::size_t column, double factor) {
      return decided(with_change(pair, column, factor), by_sessions)[column].p_slower <= alpha;
    };
    rates.launch_found += is_found(0, launch_slower);
    rates.phase_found += is_found(phase, phase_slower);
  }
  return rates;
}

std::string share(std::size_t k, std::size_t n) {
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(k) / static_cast<double>(n));
}

int complain(const Error &error) {
  fmt::print(stderr, "session_figures: {}\n", to_text(error));
  return to_int(exit_code(error.kind));
}

int figures(const std::string &directory) {
  const Result<Sessions> sessions = recorded_sessions(directory);
  if (!sessions)
    return complain(sessions.error());
  fmt::print(
      "| baseline of | the test | unchanged, called slower at {:.0f} % | launch +{:.1f} % found "
      "| a phase +{:.1f} % found |\n|---|---|---|---|---|\n",
      100 * alpha, 100 * (launch_slower - 1), 100 * (phase_slower - 1));
  for (const std::size_t in_baseline : {std::size_t{3}, std::size_t{5}, std::size_t{8}}) {
    if (in_baseline >= sessions->size())
      break;
    for (const bool by_sessions : {false, true}) {
      const Rates rates = rates_of(*sessions, in_baseline, by_sessions);
      fmt::print("| {} sessions | {} | {} | {} | {} |\n", in_baseline,
                 by_sessions ? "with the spread between sessions" : "launches as one sample",
                 share(rates.called, rates.pairs), share(rates.launch_found, rates.pairs),
                 share(rates.phase_found, rates.pairs));
    }
  }
  return 0;
}

} // namespace
} // namespace bootperf

int main(int argc, char **argv) {
  return bootperf::figures(argc > 1 ? argv[1] : BOOTPERF_TEST_DATA "/sessions/counted");
}
