#include "verdict/baseline/update.h"

#include <gtest/gtest.h>

#include "verdict/synthetic.h"

namespace bootperf {
namespace {

using synthetic::policy;
using synthetic::session;

const BaselineUpdate counted{"Launch/counted", Metric::instructions, "2026-11-22", ""};

TEST(Update, makes_a_baseline_of_sessions) {
  const auto made = update_baseline(
      std::nullopt, {session("a", "counted", 3), session("b", "counted", 4)}, policy(), counted);
  ASSERT_TRUE(made) << to_text(made.error());
  EXPECT_EQ(made->launches(), 7u);
  EXPECT_EQ(made->sessions.size(), 2u);
  EXPECT_EQ(made->updated, "2026-11-22");
  EXPECT_EQ(made->scenario, "Launch/counted");
  EXPECT_TRUE(parse_baseline(to_yaml(*made), "b.yaml"));
}

TEST(Update, appends) {
  const auto first = update_baseline(std::nullopt, {session("a", "counted", 3)}, policy(), counted);
  const auto second = update_baseline(*first, {session("b", "counted", 2)}, policy(), counted);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->launches(), 5u);
}

TEST(Update, refuses_a_session_that_is_in_it_already) {
  const auto first = update_baseline(std::nullopt, {session("a", "counted", 3)}, policy(), counted);
  const auto again = update_baseline(*first, {session("a", "counted", 3)}, policy(), counted);
  ASSERT_FALSE(again);
  EXPECT_EQ(to_text(again.error()), "a: the session is in the baseline already");
  EXPECT_FALSE(update_baseline(
      std::nullopt, {session("a", "counted", 3), session("a", "counted", 3)}, policy(), counted));
}

TEST(Update, refuses_another_class_and_says_in_what) {
  const auto first = update_baseline(std::nullopt, {session("a", "counted", 3)}, policy(), counted);
  Session other = session("b", "counted", 3);
  other.scenarios[0].keys["qemu"] = "7.2.23";
  const auto second = update_baseline(*first, {other}, policy(), counted);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::input);
  EXPECT_NE(second.error().message.find("qemu: 7.2.22 → 7.2.23"), std::string::npos);
}

TEST(Update, the_subject_may_differ) {
  Policy qemu = policy();
  qemu.subject = {"qemu"};
  const auto first = update_baseline(std::nullopt, {session("a", "counted", 3)}, policy(), counted);
  Session other = session("b", "counted", 3);
  other.scenarios[0].keys["qemu"] = "7.2.23";
  EXPECT_TRUE(update_baseline(*first, {other}, qemu, counted));
}

TEST(Update, refuses_what_has_no_samples) {
  Session empty = session("a", "counted", 2);
  for (Launch &launch : empty.launches)
    launch.warmup = true;
  EXPECT_EQ(update_baseline(std::nullopt, {empty}, policy(), counted).error().kind,
            ErrorKind::not_measured);
  EXPECT_EQ(
      update_baseline(std::nullopt, {session("a", "traced", 2)}, policy(), counted).error().kind,
      ErrorKind::not_measured);
  EXPECT_EQ(update_baseline(std::nullopt, {}, policy(), counted).error().kind, ErrorKind::usage);
}

TEST(Update, an_accepted_change_starts_anew_and_keeps_the_reasons) {
  const auto first = update_baseline(std::nullopt, {session("a", "counted", 3)}, policy(), counted);
  BaselineUpdate accept = counted;
  accept.accept = "udev settles twice now";
  const auto second = update_baseline(*first, {session("b", "counted", 2)}, policy(), accept);
  ASSERT_TRUE(second);
  accept.accept = "and thrice";
  const auto third = update_baseline(*second, {session("c", "counted", 4)}, policy(), accept);
  ASSERT_TRUE(third);
  EXPECT_EQ(third->launches(), 4u);
  ASSERT_EQ(third->accepted.size(), 2u);
  EXPECT_EQ(third->accepted[0].reason, "udev settles twice now");
  EXPECT_EQ(third->accepted[1].reason, "and thrice");
  accept.accept = std::string(1000, 'x');
  EXPECT_EQ(update_baseline(*second, {session("c", "counted", 4)}, policy(), accept).error().kind,
            ErrorKind::usage);
}

} // namespace
} // namespace bootperf
