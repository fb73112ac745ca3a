#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "selftest/contest.h"
#include "statistics/distributions.h"

namespace bootperf {

struct SelfTestSettings {
  std::size_t draws = 200; ///< of each contestant and setting
  std::uint64_t seed = 1;
  std::vector<double> slowdowns = {0.02, 0.05, 0.10, 0.20};
  std::size_t threads = 1;
};

/// What a contestant made of a number of draws in which the same thing was changed.
struct Score {
  std::string phase;   ///< slowed; "" when nothing was
  double slowdown = 0; ///< by this share
  std::size_t draws = 0, fails = 0, named_right = 0, inconclusive = 0;
  ShareInterval
      fail_interval; ///< 95 %, exact (Clopper & Pearson 1934); over dependent draws: see below
  double launches_mean = 0;
  std::size_t launches_p50 = 0, launches_p95 = 0;

  double fail_share() const;
  double right_share() const; ///< of those that failed
  double inconclusive_share() const;
};

/// A contestant's scores: first with no change, then each gated phase at each slow-down.
struct Record {
  std::string contestant;
  /// How many draws that share no launch the traces hold: what the error rate really stands on.
  std::size_t independent_draws = 0;
  std::vector<Score> scores;
};

struct SelfTest {
  std::string scenario;
  Metric metric = Metric::wall;
  std::size_t sessions = 0, launches = 0;
  SelfTestSettings settings;
  std::vector<TracedGate> gates;
  std::vector<Record> records;
};

/// Lets each contestant judge the same traces over and over: unchanged, and with each gated phase
/// slowed in turn. progress(done, all) is called after each score, from one thread at a time. Pure:
/// the same traces and settings give the same scores with any number of threads.
SelfTest self_test(const Traces &traces, const std::vector<Contestant> &contestants,
                   const Policy &policy, const SelfTestSettings &settings,
                   const std::function<void(std::size_t, std::size_t)> &progress = {});

} // namespace bootperf
