#include "verdict/judge.h"

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;

TEST(Judge, looks_share_alpha_by_the_launches_that_are_judged) {
  Evidence evidence;
  evidence.baseline.assign(25, {{"run > launch", 1}, {"run > launch > kernel", 1}});
  evidence.current.assign(2, evidence.baseline.front());
  for (std::size_t i = 0; i < 5; ++i)
    evidence.baseline[i].erase("run > launch > kernel");
  EXPECT_EQ(usable_launches(policy().instructions, evidence), 20u);
}

} // namespace
} // namespace bootperf
