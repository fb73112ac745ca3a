#include "verdict/check/moved.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

PhaseVerdict judged(const std::string &phase, Verdict verdict) {
  PhaseVerdict result;
  result.phase = phase;
  result.verdict = verdict;
  return result;
}

/// What is told to have moved where this was judged, and every column tested moved by 10 %.
std::vector<std::string> moved_beside(const std::vector<PhaseVerdict> &verdicts) {
  const PhaseValues launch = {{"run > launch", 100e6}, {"run > launch > /init", 50e6}};
  const PhaseSamples samples{{launch, launch}, {launch}};
  const LevelTest test = [](const std::vector<Column> &columns) {
    std::vector<PhaseVerdict> all;
    for (const Column &column : columns) {
      PhaseVerdict phase = judged(column.phase, Verdict::inconclusive);
      phase.baseline_mean = 50e6;
      phase.current_mean = 55e6;
      phase.ratio = 1.1;
      phase.p_slower = 0.001;
      all.push_back(phase);
    }
    return all;
  };
  std::vector<std::string> names;
  for (const PhaseVerdict &phase : moved_columns(verdicts, {}, samples, test, 0.01))
    names.push_back(phase.phase);
  return names;
}

TEST(Moved, is_what_no_verdict_tells) {
  EXPECT_EQ(moved_beside({judged("run > launch", Verdict::pass)}).size(), 1u)
      << "what is most of it, inside";
  EXPECT_TRUE(moved_beside({judged("run > launch", Verdict::regressed)}).empty());
}

TEST(Moved, is_not_a_gated_phase_that_these_launches_do_not_decide) {
  EXPECT_TRUE(moved_beside({judged("run > launch", Verdict::inconclusive),
                            judged("run > launch > /init", Verdict::inconclusive)})
                  .empty());
}

} // namespace
} // namespace bootperf
