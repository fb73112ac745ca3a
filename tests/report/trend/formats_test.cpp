#include <cmath>

#include <gtest/gtest.h>

#include "report/golden.h"
#include "report/page/pages.h"
#include "report/trend/formats.h"
#include "trend/check.h"

namespace bootperf {
namespace {

constexpr TextStyle plain{false, false, 0};

/// Thirty nights; /init gets slower in the 20th, which was accepted, and again in the 27th, by what
/// it does with LVM; guestfsd does and gets over it, and what is left of the launch wavers a
/// little.
class TrendReport : public testing::Test {
protected:
  TrendReport() {
    policy_ = *parse_policy("gates:\n  wall:\n    - {phase: /init, tolerance: 10 %}\n", "p");
    ClassHistory each;
    each.machine_class = {Metric::wall,
                          {{"arch", "x86_64"},
                           {"kernel", "6.1.0-57-cloud-amd64"},
                           {"mode", "traced"},
                           {"os", "debian-12"},
                           {"qemu", "7.2.22"},
                           {"scenario", "Launch/traced"}}};
    each.name = each.machine_class.name();
    each.series = {{1, "run > launch", {}, {}},
                   {2, "run > launch > /init", {}, {}},
                   {3, "run > launch > /init > /init:lvm-probe", {}, {}},
                   {4, "run > launch > guestfsd", {}, {}}};
    for (std::uint32_t night = 0; night < 30; ++night) {
      history_.sessions.push_back({"session-" + std::to_string(night),
                                   "2024-05-" + std::string(night < 9 ? "0" : "") +
                                       std::to_string(night + 1) + "T01:00:00Z",
                                   std::string(12, static_cast<char>('a' + night % 6)) + "0123",
                                   "vm"});
      const double wave = 0.001 * std::sin(night * 2.0);
      const double probes = 400e6 * (night >= 26 ? 1.2 : 1);
      const double init = 500e6 * (night >= 19 ? 1.1 : 1) + probes;
      const double daemon = 300e6 * (night >= 8 && night < 22 ? 1.1 : 1);
      const double values[] = {1400e6 + init + daemon, init, probes, daemon};
      for (std::size_t i = 0; i < std::size(values); ++i)
        each.series[i].points.push_back({night, 10, std::log(values[i]) + wave, 0.04});
    }
    for (const std::size_t i : {0, 1})
      each.series[i].accepted = {{19, "2024-05-21T09:00:00Z", "probes more", "R. Jones"}};
    history_.classes.push_back(each);
  }

  TrendCheck checked() const { return check_trend(history_, policy_, {}); }

  Policy policy_;
  History history_;
};

TEST_F(TrendReport, of_a_check_lists_what_is_open) {
  expect_golden("trend-check.txt", trend_check_text(history_, checked(), plain));
}

TEST_F(TrendReport, of_every_step_lists_the_accepted_ones_with_their_reasons) {
  expect_golden("trend-steps.txt", trend_steps_text(history_, checked(), plain));
}

TEST_F(TrendReport, of_a_step_at_three_levels_is_one_and_names_the_deepest) {
  const std::string text = trend_check_text(history_, checked(), plain);
  EXPECT_NE(text.find("1 open step"), std::string::npos) << text;
  EXPECT_NE(text.find("/init > lvm-probe takes 80.1 ms more"), std::string::npos) << text;
}

TEST_F(TrendReport, of_two_classes_with_open_steps_says_how_to_accept_each) {
  ClassHistory other = history_.classes[0];
  other.machine_class.keys["os"] = "debian-13";
  other.name = other.machine_class.name();
  history_.classes.push_back(other);
  const std::string text = trend_check_text(history_, checked(), plain);
  for (const ClassHistory &each : history_.classes)
    EXPECT_NE(text.find("--accept 'the reason' --phase /init:lvm-probe --class " + each.name),
              std::string::npos)
        << text;
}

TEST_F(TrendReport, of_no_class_that_decides_says_so) {
  for (PhaseSeries &series : history_.classes[0].series)
    series.points.erase(series.points.begin(), series.points.begin() + 20);
  const std::string text = trend_check_text(history_, checked(), plain);
  EXPECT_NE(text.find("10 nights, decides nothing: 10 of the 14 nights"), std::string::npos)
      << text;
  EXPECT_NE(text.find("not measured: no class decides"), std::string::npos) << text;
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
  history_.sessions[1].created = history_.sessions[0].created;
  history_.classes[0].series[0].phase = "a \"b\" \\ \n c";
  const std::string text = trend_openmetrics(history_);
  EXPECT_NE(text.find(R"(phase="a \"b\" \\ \\x0a c")"), std::string::npos) << text.substr(0, 600);
  std::size_t lines = 0;
  for (const char byte : text)
    lines += byte == '\n';
  EXPECT_EQ(lines, 7 + 4 * 29u);
}

TEST_F(TrendReport, of_nothing_says_what_fills_it) {
  const History nothing;
  EXPECT_NE(trend_check_text(nothing, check_trend(nothing, policy_, {}), plain)
                .find("bootperf trend add"),
            std::string::npos);
}

TEST_F(TrendReport, as_a_page_has_the_lines_the_steps_and_the_commits) {
  const std::string page = trend_page(history_, checked(), "");
  EXPECT_NE(page.find("Content-Security-Policy"), std::string::npos);
  EXPECT_NE(page.find(R"("phase":"/init")"), std::string::npos);
  EXPECT_NE(page.find(R"("state":"open")"), std::string::npos);
  EXPECT_NE(page.find("by R. Jones: probes more"), std::string::npos);
  EXPECT_NE(page.find(R"("name":"Debian 12, qemu 7.2, kernel 6.1 \u00b7 traced")"),
            std::string::npos);
}

TEST_F(TrendReport, as_a_page_cannot_be_made_to_run_anything) {
  history_.sessions[0].commit = "</script>";
  history_.classes[0].machine_class.keys["os"] = "</script><script>alert(1)</script>";
  const std::string page = trend_page(history_, checked(), "");
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_NE(page.find("\\u003c/script>\\u003cscript>"), std::string::npos);
}

} // namespace
} // namespace bootperf
