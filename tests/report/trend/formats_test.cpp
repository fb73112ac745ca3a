#include <cmath>

#include <gtest/gtest.h>

#include "report/golden.h"
#include "report/page/pages.h"
#include "report/trend/formats.h"
#include "trend/check.h"

namespace bootperf {
namespace {

constexpr TextStyle plain{false, false, 0};

/// Thirty nights; /init gets slower in the 20th, which was accepted, and again in the 27th; the
/// rest wavers a little.
class TrendReport : public testing::Test {
protected:
  TrendReport() {
    policy_ = *parse_policy("gates:\n  wall:\n    - {phase: /init, tolerance: 10 %}\n", "p");
    ClassHistory each;
    each.machine_class = {Metric::wall,
                          {{"arch", "x86_64"}, {"mode", "quiet"}, {"scenario", "Launch/quiet"}}};
    each.name = each.machine_class.name();
    each.series = {{1, "run > launch", {}, {}}, {2, "run > launch > /init", {}, {}}};
    for (std::uint32_t night = 0; night < 30; ++night) {
      history_.nights.push_back({"session-" + std::to_string(night),
                                 "2024-05-" + std::string(night < 9 ? "0" : "") +
                                     std::to_string(night + 1) + "T01:00:00Z",
                                 std::string(12, static_cast<char>('a' + night % 6)) + "0123",
                                 "vm"});
      const double wave = 0.005 * std::sin(night * 2.0);
      const double slower = (night >= 19 ? 0.05 : 0) + (night >= 26 ? 0.08 : 0);
      each.series[0].points.push_back({night, 10, std::log(3e9) + wave, 0.05});
      each.series[1].points.push_back({night, 10, std::log(9e8) + wave + slower, 0.04});
    }
    each.series[1].accepted = {{19, "2024-05-21T09:00:00Z", "probes more"}};
    history_.classes.push_back(each);
  }

  TrendCheck checked() const { return check_trend(history_, policy_, {}); }

  Policy policy_;
  History history_;
};

TEST_F(TrendReport, of_a_check_lists_what_is_new) {
  expect_golden("trend-check.txt", trend_check_text(history_, checked(), plain));
}

TEST_F(TrendReport, of_every_step_lists_the_accepted_ones_with_their_reasons) {
  expect_golden("trend-steps.txt", trend_steps_text(history_, checked(), plain));
}

TEST_F(TrendReport, lists_classes_and_the_last_sessions) {
  expect_golden("trend-list.txt", trend_list_text(history_, 3, plain));
}

TEST_F(TrendReport, as_csv) {
  expect_golden("trend.csv", trend_csv(history_));
}

TEST_F(TrendReport, as_openmetrics) {
  expect_golden("trend.openmetrics", trend_openmetrics(history_));
}

TEST_F(TrendReport, as_openmetrics_has_one_point_a_second_and_escapes_labels) {
  history_.nights[1].created = history_.nights[0].created;
  history_.classes[0].series[0].phase = "a \"b\" \\ \n c";
  const std::string text = trend_openmetrics(history_);
  EXPECT_NE(text.find(R"(phase="a \"b\" \\ \\x0a c")"), std::string::npos) << text.substr(0, 600);
  std::size_t lines = 0;
  for (const char byte : text)
    lines += byte == '\n';
  EXPECT_EQ(lines, 7 + 2 * 29u);
}

TEST_F(TrendReport, of_nothing_says_what_fills_it) {
  const History nothing;
  EXPECT_NE(trend_check_text(nothing, check_trend(nothing, policy_, {}), plain)
                .find("bootperf trend add"),
            std::string::npos);
}

TEST_F(TrendReport, as_a_page_has_the_lines_the_steps_and_the_commits) {
  const std::string page = trend_page(history_, checked());
  EXPECT_NE(page.find("Content-Security-Policy"), std::string::npos);
  EXPECT_NE(page.find(R"("phase":"/init")"), std::string::npos);
  EXPECT_NE(page.find(R"("state":"new")"), std::string::npos);
  EXPECT_NE(page.find(R"("reason":"probes more")"), std::string::npos);
}

TEST_F(TrendReport, as_a_page_cannot_be_made_to_run_anything) {
  history_.nights[0].commit = "</script>";
  history_.classes[0].name = "</script><script>alert(1)</script>";
  const std::string page = trend_page(history_, checked());
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>\\u003cscript>"), std::string::npos);
}

} // namespace
} // namespace bootperf
