#pragma once

// Sessions that tried levers, made up of synthetic launches.

#include <string>

#include "session/session.h"
#include "verdict/synthetic.h"

namespace bootperf::made_up {

inline const std::string counted = "Launch/counted";

/// So steady that three launches show that nothing changed.
inline constexpr double steady = 0.0001;

inline LeverTrial trial(const std::string &lever) {
  return {.lever = lever,
          .actor = "kernel",
          .what = "what " + lever + " does",
          .adopt = "upstream: adopt " + lever,
          .refused = ""};
}

/// A session that tries levers, with the launches of the boot as it is.
class TriedLevers {
public:
  explicit TriedLevers(int base_launches = 20, synthetic::Shape as_it_is = {
                                                   .slower = {}, .spread = steady, .missing = {}}) {
    session.id = "20261122T204246Z-1a2b3c4d";
    session.seed = 5;
    session.what_if = WhatIf{};
    session.what_if->launches = 3;
    session.what_if->base_launches = static_cast<std::uint64_t>(base_launches);
    launch("base", base_launches, as_it_is);
  }

  /// A lever with launches of this shape; the trial is there to be changed.
  LeverTrial &add(const std::string &lever, const synthetic::Shape &shape, int launches = 3) {
    launch(lever, launches, shape);
    return session.what_if->trials.emplace_back(trial(lever));
  }

  /// One whose only launch failed.
  LeverTrial &add_failed(const std::string &lever) {
    Launch failed = synthetic::failed(counted);
    failed.subject = lever;
    session.launches.push_back(failed);
    return session.what_if->trials.emplace_back(trial(lever));
  }

  /// One that could not be had.
  LeverTrial &add_refused(const std::string &lever, const std::string &why) {
    LeverTrial &refused = session.what_if->trials.emplace_back(trial(lever));
    refused.refused = why;
    return refused;
  }

  Session session;

private:
  void launch(const std::string &subject, int launches, const synthetic::Shape &shape) {
    Scenario scenario;
    scenario.name = counted;
    scenario.mode = "counted";
    scenario.subject = subject;
    session.scenarios.push_back(scenario);
    for (int i = 0; i < launches; ++i) {
      Launch made = synthetic::launch(counted, shape, random_);
      made.subject = subject;
      session.launches.push_back(std::move(made));
    }
  }

  Random random_{7};
};

/// A kernel that takes so much of what it takes.
inline synthetic::Shape with_kernel_at(double factor) {
  return {.slower = {{"run > launch > kernel", factor}}, .spread = steady, .missing = {}};
}

} // namespace bootperf::made_up
