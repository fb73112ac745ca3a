#include "report/check/moved_rows.h"

#include <limits>

#include <gtest/gtest.h>

#include "report/check/reports.h"

namespace bootperf {
namespace {

std::vector<std::string> names(const MovedRows &moved) {
  std::vector<std::string> found;
  for (const MovedRow &row : moved.rows)
    found.push_back(row.name);
  return found;
}

TEST(Bar, has_eighths_of_eight_blocks) {
  EXPECT_EQ(bar(1), "████████");
  EXPECT_EQ(bar(0.5), "████");
  EXPECT_EQ(bar(0.4375), "███▌");
  EXPECT_EQ(bar(2), "████████");
}

TEST(Bar, of_what_became_less_is_drawn_in_another_way) {
  EXPECT_EQ(bar(-1), "░░░░░░░░");
  EXPECT_EQ(bar(-0.01), "░");
}

TEST(Bar, of_a_change_is_never_nothing_and_of_none_always) {
  EXPECT_EQ(bar(1e-9), "▏");
  EXPECT_EQ(bar(0), "");
  EXPECT_EQ(bar(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(MovedRows, are_places_with_their_functions) {
  const MovedRows moved = moved_rows(regressed_report().checks[0], 5);
  EXPECT_EQ(names(moved), (std::vector<std::string>{"/init › udev trigger and settle",
                                                    "└ gawk (user)", "└ clear_page_erms (vmlinux)",
                                                    "└ other functions of libc.so.6"}));
  EXPECT_EQ(moved.rows[0].change, "+4.1 % (+49.20 M)");
  EXPECT_EQ(moved.rows[0].what, "work");
  EXPECT_EQ(moved.rows[2].before, "60.10 M");
  EXPECT_EQ(moved.rows[2].now, "63.90 M");
  EXPECT_DOUBLE_EQ(moved.rows[0].share, 1);
  EXPECT_NEAR(moved.rows[1].share, 41.2 / 49.2, 1e-6);
}

TEST(MovedRows, give_up_functions_before_places) {
  ScenarioCheck check = regressed_report().checks[0];
  check.phases.push_back(phase("run > launch > seabios", Verdict::regressed, 1.2));
  check.phases.push_back(phase("run > launch > close", Verdict::improved, 0.8));
  EXPECT_EQ(names(moved_rows(check, 4)),
            (std::vector<std::string>{"/init › udev trigger and settle", "└ gawk (user)", "seabios",
                                      "close"}));
  const MovedRows few = moved_rows(check, 1);
  EXPECT_EQ(names(few), (std::vector<std::string>{"/init › udev trigger and settle"}));
  EXPECT_EQ(few.left_out, 2U);
}

TEST(MovedRows, tell_work_and_waiting_apart_each_by_its_own_measure) {
  ScenarioCheck check = passing_report().checks[0];
  check.phases[0] = counted_phase("run > launch", Verdict::regressed, 2.5e9, 2.6e9);
  check.phases[2] = waiting_phase("run > launch", Verdict::regressed, 230, 3250);
  const MovedRows moved = moved_rows(check, 5);
  ASSERT_EQ(moved.launch.size(), 2U);
  EXPECT_EQ(moved.launch[0].what, "work");
  EXPECT_EQ(moved.launch[1].what, "waiting");
  EXPECT_EQ(moved.launch[1].change, "+3.02 s");
  EXPECT_DOUBLE_EQ(moved.launch[0].share, 1);
  EXPECT_DOUBLE_EQ(moved.launch[1].share, 1);
  EXPECT_TRUE(moved.rows.empty()) << "the launch has rows of its own";
}

TEST(MovedRows, name_a_place_once_that_two_gates_point_at) {
  ScenarioCheck check = waiting_report().checks[0];
  check.phases.push_back(check.phases[1]);
  check.phases.back().phase = "run > launch > qemu";
  EXPECT_EQ(names(moved_rows(check, 5)), (std::vector<std::string>{"/init › udev trigger"}));
}

TEST(MovedRows, leave_out_what_was_not_measured) {
  EXPECT_TRUE(moved_rows(without_baseline().checks[0], 5).rows.empty());
  EXPECT_TRUE(moved_rows(undecided_report().checks[0], 5).rows.empty());
}

} // namespace
} // namespace bootperf
