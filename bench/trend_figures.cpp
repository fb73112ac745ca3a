// How often `trend check` raises a false alarm, and how soon it finds a step, on series of nights
// put together from recorded launches (tests/data/sessions). docs/trend.md has what it prints.
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/clock.h"
#include "bench/recorded_traces.h"
#include "statistics/random.h"
#include "trend/check.h"

namespace bootperf {
namespace {

constexpr std::size_t quiet_nights = 60; // before a step, and before alarms are counted
constexpr std::size_t watched = 28;      // nights after it
constexpr std::size_t soon = 7;

constexpr const char *names[] = {"launch",          "seabios",
                                 "kernel:overhead", "supermin:mini-initrd",
                                 "/init",           "/init:udev-overhead",
                                 "/init:lvm-probe", "guestfsd"};
constexpr std::size_t shown[] = {0, 4, 6}; // of the names

/// The launches of one session: the logs of their phases, in the order of the names.
using Recorded = std::vector<std::vector<double>>;

struct Recording {
  std::vector<std::string> phases; ///< ids, in the order of the names
  std::vector<Recorded> sessions;
};

std::string id_of(const std::string &name, const PhaseValues &launch) {
  for (const auto &[column, value] : launch)
    if (!column.is_halt() && column.phase.ends_with(" > " + name))
      return column.phase;
  return "";
}

Result<std::vector<double>> logs_of(const PhaseValues &launch,
                                    const std::vector<std::string> &phases) {
  std::vector<double> logs;
  for (const std::string &phase : phases) {
    const auto value = launch.find(phase);
    if (value == launch.end())
      return fail(ErrorKind::input, "a recorded launch lacks the phase \"" + phase + "\"");
    logs.push_back(std::log(value->second));
  }
  return logs;
}

Result<Recording> read_recording(const std::string &folder, const std::string &scenario,
                                 Metric metric) {
  const Result<Traces> traces =
      recorded_traces(BOOTPERF_TEST_DATA "/sessions/" + folder, scenario, metric);
  if (!traces)
    return tl::unexpected(traces.error());
  Recording recording;
  for (const char *name : names)
    recording.phases.push_back(id_of(name, traces->sessions.front().front()));
  for (const std::vector<PhaseValues> &session : traces->sessions) {
    Recorded recorded;
    for (const PhaseValues &launch : session) {
      Result<std::vector<double>> logs = logs_of(launch, recording.phases);
      if (!logs)
        return tl::unexpected(logs.error());
      recorded.push_back(std::move(*logs));
    }
    recording.sessions.push_back(std::move(recorded));
  }
  return recording;
}

/// Takes out what a session has in common: a machine that is the same every night.
Recording centred(Recording recording) {
  for (Recorded &session : recording.sessions)
    for (std::size_t phase = 0; phase < recording.phases.size(); ++phase) {
      double mean = 0;
      for (const auto &launch : session)
        mean += launch[phase] / static_cast<double>(session.size());
      for (auto &launch : session)
        launch[phase] += std::log(2e9) - mean;
    }
  return recording;
}

/// What is simulated.
struct Source {
  std::string name;
  Metric metric;
  Recording recording;
  std::size_t launches; ///< a night
};

/// A night: a session drawn at random, and so many of its launches in a row, from a random one on.
/// More launches than a row of five come from further rows, so that what lasts a while stays.
std::vector<double> night(const Source &source, Random &random) {
  constexpr std::size_t row = 5;
  const Recorded &session =
      source.recording.sessions[random.below(source.recording.sessions.size())];
  std::vector<double> means(source.recording.phases.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < source.launches; ++i) {
    at = i % row == 0 ? random.below(session.size()) : (at + 1) % session.size();
    for (std::size_t phase = 0; phase < means.size(); ++phase)
      means[phase] += session[at][phase] / static_cast<double>(source.launches);
  }
  return means;
}

History empty_history(const Source &source) {
  History history;
  ClassHistory each;
  each.name = source.name;
  each.machine_class = {source.metric,
                        {{"mode", source.metric == Metric::wall ? "traced" : "counted"}}};
  for (const std::string &phase : source.recording.phases)
    each.series.push_back({static_cast<std::int64_t>(each.series.size()), phase, {}, {}});
  history.classes.push_back(each);
  return history;
}

void add_night(History &history, const std::vector<double> &means) {
  const auto number = static_cast<std::uint32_t>(history.sessions.size());
  const std::chrono::system_clock::time_point time(std::chrono::hours(24) * number);
  history.sessions.push_back({fmt::format("{}", number), utc_text(time), "", ""});
  for (std::size_t phase = 0; phase < means.size(); ++phase)
    history.classes[0].series[phase].points.push_back({number, 10, means[phase], 0});
}

/// What people would do with an alarm that they have seen.
void accept(History &history, const TrendCheck &check) {
  for (const PhaseStep *step : check.open())
    history.classes[0].series[static_cast<std::size_t>(step->series)].accepted.push_back(
        {step->night, "", "seen", ""});
}

/// Alarms in a hundred nights in which nothing happens, over all phases together.
double false_alarms(const Source &source, const Policy &policy, std::size_t nights) {
  Random random(1);
  History history = empty_history(source);
  std::size_t alarms = 0;
  for (std::size_t i = 0; i < quiet_nights + nights; ++i) {
    add_night(history, night(source, random));
    if (i + 1 < quiet_nights)
      continue;
    // What opened before stays open until it is accepted, and is no alarm of the nights that count.
    const TrendCheck check = check_trend(history, policy, {});
    alarms += i >= quiet_nights && !check.open().empty();
    accept(history, check);
  }
  return 100.0 * static_cast<double>(alarms) / static_cast<double>(nights);
}

struct Found {
  int soon = 0, ever = 0; ///< in so many of a hundred series
};

/// How often a step in one phase is told, within seven nights and within four weeks.
Found found(const Source &source, const Policy &policy, std::size_t phase, double change,
            int series) {
  Random random(2);
  Found result;
  for (int i = 0; i < series; ++i) {
    History history = empty_history(source);
    for (std::size_t n = 0; n < quiet_nights; ++n)
      add_night(history, night(source, random));
    accept(history, check_trend(history, policy, {}));
    for (std::size_t n = 1; n <= watched; ++n) {
      std::vector<double> means = night(source, random);
      means[phase] += std::log1p(change);
      add_night(history, means);
      const TrendCheck check = check_trend(history, policy, {});
      bool told = false;
      for (const PhaseStep *step : check.open())
        told |= step->series == static_cast<std::int64_t>(phase);
      if (!told)
        continue;
      ++result.ever;
      result.soon += n <= soon;
      break;
    }
  }
  return {result.soon * 100 / series, result.ever * 100 / series};
}

double spread_of_nights(const Source &source, std::size_t phase) {
  Random random(3);
  double sum = 0, squares = 0;
  constexpr int n = 2000;
  for (int i = 0; i < n; ++i) {
    const double value = night(source, random)[phase];
    sum += value;
    squares += value * value;
  }
  return std::sqrt(squares / n - sum / n * sum / n);
}

int complain(const Error &error) {
  fmt::print(stderr, "trend_figures: {}\n", to_text(error));
  return 2;
}

int figures() {
  const Result<Policy> policy = load_policy(BOOTPERF_THRESHOLDS "/policy.yaml");
  if (!policy)
    return complain(policy.error());
  const auto counted = read_recording("counted", "Launch/counted", Metric::instructions);
  const auto idle = read_recording("traced-idle", "Launch/traced", Metric::wall);
  const auto busy = read_recording("traced-busy", "Launch/traced", Metric::wall);
  for (const auto *recording : {&counted, &idle, &busy})
    if (!*recording)
      return complain(recording->error());
  const std::vector<Source> sources = {
      {"instructions, 3 launches", Metric::instructions, *counted, 3},
      {"wall, idle, 10 launches", Metric::wall, *idle, 10},
      {"wall, idle, same machine, 10 launches", Metric::wall, centred(*idle), 10},
      {"wall, busy, 10 launches", Metric::wall, *busy, 10},
      {"wall, busy, same machine, 10 launches", Metric::wall, centred(*busy), 10},
      {"wall, busy, same machine, 30 launches", Metric::wall, centred(*busy), 30}};
  fmt::print("| nights of | false alarms in 100 nights | phase | spread of nights | +5 % within 7 "
             "nights | within 28 | +10 % within 7 | +20 % within 7 |\n"
             "|---|---|---|---|---|---|---|---|\n");
  for (const Source &source : sources) {
    const double alarms = false_alarms(source, *policy, 2000);
    for (const std::size_t phase : shown) {
      const Found five = found(source, *policy, phase, 0.05, 100);
      fmt::print("| {} | {:.2f} | {} | {:.2f} % | {} % | {} % | {} % | {} % |\n", source.name,
                 alarms, names[phase], 100 * spread_of_nights(source, phase), five.soon, five.ever,
                 found(source, *policy, phase, 0.10, 100).soon,
                 found(source, *policy, phase, 0.20, 100).soon);
    }
  }
  return 0;
}

} // namespace
} // namespace bootperf

int main() {
  return bootperf::figures();
}
