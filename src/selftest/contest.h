#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "selftest/traces.h"
#include "verdict/policy/policy.h"

namespace bootperf {

/// What a rule made of one draw.
struct Ruling {
  bool fails = false;        ///< it fails the build
  bool inconclusive = false; ///< it says that it does not know
  std::string named;         ///< the phase it blames, "" when it does not fail
  std::size_t launches = 0;  ///< it took, base and head together
};

/// Everything a rule knows besides the launches.
struct RuleContext {
  const std::vector<TracedGate> &gates;
  const Policy &policy;
  std::uint64_t seed = 0; ///< of this draw
};

/// A gate's way of deciding, ours or a peer's, with the launches it asks for.
struct Contestant {
  std::string name;
  std::function<Draw(const Traces &, Random &)> draw;
  std::function<Ruling(const Draw &, const RuleContext &)> rule;
  std::size_t launches_needed = 0; ///< of a draw, at most; for the number of independent draws
};

/// Those that decide by wall time: blocks with sign flips, by three kinds of scores, and the peers'
/// rules: a fixed ±30 % band (Kata checkmetrics), a ratio of 200 % (github-action-benchmark), a U
/// test a phase at 0.05 (Google Benchmark's compare.py) with and without Bonferroni's correction,
/// Firecracker's permutation p < 0.01 and more than 5 %.
std::vector<Contestant> wall_contestants(const Policy &policy);

/// Those that decide by instructions: a check of two launches and a third against stored sessions,
/// a comparison of ten and three launches, and the peers' rules.
std::vector<Contestant> counted_contestants();

/// Of the phases that a rule blames, the one it would show first: the innermost with the largest
/// ratio. "" of none.
struct Blamed {
  std::string phase;
  double ratio = 1;
};
std::string headline_of(const std::vector<Blamed> &blamed);

} // namespace bootperf
