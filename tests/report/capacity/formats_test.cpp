#include "report/capacity/formats.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/golden.h"

namespace bootperf {
namespace {

constexpr std::int64_t five_minutes_ns = 300'000'000'000;

CapacityLevel level_at(std::size_t at_once, std::size_t launches, std::int64_t elapsed_s,
                       double each_s) {
  return {.at_once = at_once,
          .launches = launches,
          .failed = at_once == 4 ? std::size_t{1} : 0,
          .elapsed_ns = elapsed_s * 1'000'000'000,
          .median_ns = each_s * 1e9,
          .slow_ns = each_s * 1.2e9,
          .memory_bytes = static_cast<std::int64_t>(at_once) * 480'000'000};
}

CapacityCurve curve_of_two_cores() {
  return {.host = "runner\x1b[31m",
          .levels = {level_at(1, 4, 60, 15), level_at(2, 8, 60, 15.1), level_at(4, 16, 118, 29)},
          .best = 1,
          .ended = "4 at once make no more guests a minute"};
}

TEST(CapacityReport, AnswersFirstAndDrawsTheCurve) {
  expect_golden("capacity.txt",
                capacity_text({curve_of_two_cores()}, {1000, five_minutes_ns}, file_style));
}

TEST(CapacityReport, FitsANarrowTerminal) {
  expect_golden("capacity-40.txt",
                capacity_text({curve_of_two_cores()}, {1000, five_minutes_ns}, {false, true, 40}));
}

TEST(CapacityReport, OfTwoMachinesIsOneAnswerAndNothingReachesTheTerminalUnescaped) {
  const std::string text = capacity_text({curve_of_two_cores(), curve_of_two_cores()},
                                         {70, five_minutes_ns}, file_style);
  EXPECT_TRUE(text.starts_with(
      "70 guests in 5 min: needs 14.0 a minute; these 2 machines make 16.0: yes.\n"))
      << text;
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
}

TEST(CapacityReport, OfAnInterruptedRunSaysNoToNothing) {
  CapacityCurve curve = curve_of_two_cores();
  curve.ended.clear();
  EXPECT_EQ(capacity_sentence({curve}, {1000, five_minutes_ns}),
            "1000 guests in 5 min: needs 200.0 a minute; this machine makes at least 8.0 (2 at "
            "once, 0.9 GiB): not "
            "known, it was interrupted before more were tried at once.");
  EXPECT_TRUE(capacity_sentence({curve}, {30, five_minutes_ns}).ends_with("yes."));
}

TEST(CapacityReport, AsJsonHasTheSameAnswer) {
  const auto json =
      nlohmann::json::parse(capacity_json({curve_of_two_cores()}, {1000, five_minutes_ns}));
  EXPECT_EQ(json.at("machines_needed"), 25);
  EXPECT_EQ(json.at("enough"), false);
  EXPECT_EQ(json.at("machines").at(0).at("knee"), 2);
  EXPECT_EQ(json.at("machines").at(0).at("levels").at(2).at("failed"), 1);
}

} // namespace
} // namespace bootperf
