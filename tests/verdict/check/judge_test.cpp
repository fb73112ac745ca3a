#include "verdict/check/judge.h"

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;

TEST(Judge, looks_share_alpha_by_the_launches_that_are_judged) {
  PhaseSamples samples;
  samples.baseline.assign(25, {{"run > launch", 2}, {"run > launch > kernel", 2}});
  samples.current.assign(2, samples.baseline.front());
  for (std::size_t i = 0; i < 5; ++i)
    samples.baseline[i].erase("run > launch > kernel");
  EXPECT_EQ(usable_launches(policy().instructions, samples), 20u);
}

} // namespace
} // namespace bootperf
