#include "selftest/self_test.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace bootperf {
namespace {

/// One contestant under one change.
struct Setting {
  std::size_t record = 0;
  const Contestant *contestant = nullptr;
  Score score;
};

Ruling rule_once(const Setting &setting, const Traces &traces, const std::vector<TracedGate> &gates,
                 const Policy &policy, std::uint64_t seed) {
  Random random(seed);
  Draw draw = setting.contestant->draw(traces, random);
  if (setting.score.slowdown > 0)
    for (PhaseValues &launch : draw.head)
      launch = slowed(launch, setting.score.phase, setting.score.slowdown);
  return setting.contestant->rule(draw, {gates, policy, seed});
}

void play(Setting &setting, const Traces &traces, const std::vector<TracedGate> &gates,
          const Policy &policy, const SelfTestSettings &settings) {
  Score &score = setting.score;
  std::vector<std::size_t> launches;
  for (std::size_t i = 0; i < settings.draws; ++i) {
    const Ruling ruling = rule_once(setting, traces, gates, policy, settings.seed + i);
    ++score.draws;
    score.fails += ruling.fails ? 1 : 0;
    score.named_right += ruling.fails && ruling.named == score.phase ? 1 : 0;
    score.inconclusive += ruling.inconclusive ? 1 : 0;
    launches.push_back(ruling.launches);
  }
  std::ranges::sort(launches);
  double sum = 0;
  for (const std::size_t each : launches)
    sum += static_cast<double>(each);
  if (!launches.empty()) {
    score.launches_mean = sum / static_cast<double>(launches.size());
    score.launches_p50 = launches[(launches.size() - 1) / 2];
    score.launches_p95 = launches[(launches.size() - 1) * 95 / 100];
  }
  score.fail_interval = clopper_pearson(score.fails, score.draws);
}

std::vector<Setting> all_settings(const std::vector<Contestant> &contestants,
                                  const std::vector<TracedGate> &gates,
                                  const SelfTestSettings &settings) {
  std::vector<Setting> all;
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    all.push_back({i, &contestants[i], {}});
    for (const double slowdown : settings.slowdowns)
      for (const TracedGate &gate : gates) {
        all.push_back({i, &contestants[i], {}});
        all.back().score.phase = gate.phase;
        all.back().score.slowdown = slowdown;
      }
  }
  return all;
}

double share(std::size_t of, std::size_t all) {
  return all == 0 ? 0 : static_cast<double>(of) / static_cast<double>(all);
}

} // namespace

double Score::fail_share() const {
  return share(fails, draws);
}

double Score::right_share() const {
  return share(named_right, fails);
}

double Score::inconclusive_share() const {
  return share(inconclusive, draws);
}

SelfTest self_test(const Traces &traces, const std::vector<Contestant> &contestants,
                   const Policy &policy, const SelfTestSettings &settings,
                   const std::function<void(std::size_t, std::size_t)> &progress) {
  SelfTest result;
  result.scenario = traces.scenario;
  result.metric = traces.metric;
  result.sessions = traces.sessions.size();
  result.launches = traces.launches();
  result.settings = settings;
  result.gates = traced_gates(traces, policy);
  std::vector<Setting> all = all_settings(contestants, result.gates, settings);
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t done = 0;
  {
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, settings.threads); ++i)
      workers.emplace_back([&] {
        for (std::size_t mine = next++; mine < all.size(); mine = next++) {
          play(all[mine], traces, result.gates, policy, settings);
          const std::scoped_lock lock(mutex);
          ++done;
          if (progress)
            progress(done, all.size());
        }
      });
  }
  for (const Contestant &contestant : contestants)
    result.records.push_back(
        {contestant.name,
         contestant.launches_needed > 0 ? traces.launches() / contestant.launches_needed : 0,
         {}});
  for (Setting &setting : all)
    result.records[setting.record].scores.push_back(std::move(setting.score));
  return result;
}

} // namespace bootperf
