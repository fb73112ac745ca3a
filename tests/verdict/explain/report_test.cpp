#include "verdict/explain/report.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using enum Verdict;

TEST(Verdict, regressed_goes_before_not_measured_before_inconclusive_before_pass) {
  EXPECT_EQ(combined_exit_code({pass, inconclusive, not_measured, regressed}), ExitCode::regressed);
  EXPECT_EQ(combined_exit_code({pass, inconclusive, not_measured}), ExitCode::not_measured);
  EXPECT_EQ(combined_exit_code({pass, improved, inconclusive}), ExitCode::inconclusive);
  EXPECT_EQ(combined_exit_code({pass, improved}), ExitCode::pass);
  EXPECT_EQ(combined_exit_code({pass}), ExitCode::pass);
}

TEST(Verdict, nothing_at_all_is_never_a_pass) {
  EXPECT_EQ(combined_exit_code(std::vector<Verdict>{}), ExitCode::not_measured);
}

TEST(Verdict, an_improvement_beside_passes_is_named) {
  EXPECT_EQ(worst({pass, improved, pass}), improved);
}

TEST(Verdict, has_its_name) {
  EXPECT_EQ(to_text(not_measured), "not measured");
  EXPECT_EQ(to_text(regressed), "regressed");
  EXPECT_EQ(to_text(Metric::instructions), "instructions");
  EXPECT_EQ(metric_from_text("wall"), Metric::wall);
  EXPECT_EQ(metric_from_text("walls"), std::nullopt);
}

} // namespace
} // namespace bootperf
