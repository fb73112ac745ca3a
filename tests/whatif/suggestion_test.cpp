#include "whatif/suggestion.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

/// Two launches of 1000 instructions: 300 of sha256 in insmod, 500 of the kernel's start, 200 of
/// bash in /init.
Profile small_profile() {
  Profile profile;
  profile.phases = {"run > launch > kernel", "run > launch > mini-initrd > insmod ext4",
                    "run > launch > /init"};
  profile.functions = {{"vmlinux", "start_kernel"},
                       {"vmlinux", "sha256_update"},
                       {"/usr/bin/bash", "execute"},
                       {"/usr/bin/bash", unknown_code}};
  const std::vector<ProfileRow> rows = {
      {0, 0, 500, 0, 1}, {1, 1, 300, 0, 1}, {2, 2, 50, 0, 1}, {2, 3, 150, 0, 1}};
  profile.launches = {{1000, rows}, {1000, rows}};
  return profile;
}

Lever touching(const std::string &name, const std::vector<LeverPlace> &places) {
  Lever lever;
  lever.name = name;
  lever.touches = places;
  return lever;
}

const LeverPlace in_insmod = {.phase = "insmod", .object = "", .function = ""},
                 in_bash = {.phase = "", .object = "^/usr/bin/bash$", .function = ""},
                 in_sha256 = {.phase = "", .object = "", .function = "^sha256_"};

LeverOutcome measured_as(const std::string &lever, LeverEffect effect, double saved = 0) {
  LeverOutcome outcome;
  outcome.trial.lever = lever;
  outcome.effect = effect;
  if (saved > 0) {
    outcome.work = PhaseVerdict{};
    outcome.work->baseline_mean = 1000;
    outcome.work->current_mean = 1000 - saved;
  }
  return outcome;
}

LeverRanking ranking_of(const std::vector<LeverOutcome> &outcomes) {
  LeverRanking ranking;
  ranking.outcomes = outcomes;
  return ranking;
}

std::vector<std::string> suggested(const Suggestions &suggestions) {
  std::vector<std::string> names;
  for (const Suggestion &suggestion : suggestions.suggestions)
    names.push_back(suggestion.lever.name);
  return names;
}

/// What a lever that touches this place would touch, in instructions.
double spent_in(const LeverPlace &place) {
  const auto found = suggestions_for(small_profile(), {touching("one", {place})}, std::nullopt);
  return found.suggestions.empty() ? 0 : found.suggestions.front().spent;
}

TEST(Suggestions, add_up_what_is_spent_where_a_lever_touches) {
  EXPECT_EQ(spent_in(in_insmod), 300);
  EXPECT_EQ(spent_in(in_bash), 200);
  EXPECT_EQ(spent_in(in_sha256), 300);
  EXPECT_EQ(spent_in({.phase = "mini-initrd", .object = "", .function = ""}), 300);
  EXPECT_EQ(spent_in({.phase = "launch", .object = "vmlinux", .function = ""}), 800);
  EXPECT_EQ(spent_in({.phase = "kernel", .object = "vmlinux", .function = "sha256"}), 0)
      << "all of it has to hold";
  EXPECT_EQ(spent_in({.phase = "ins", .object = "", .function = ""}), 0) << "that is no phase";
}

TEST(Suggestions, count_what_several_touch_once) {
  const auto found = suggestions_for(
      small_profile(), {touching("one", {in_insmod, in_sha256}), touching("two", {in_sha256})},
      std::nullopt);
  EXPECT_EQ(found.instructions, 1000);
  EXPECT_EQ(found.touched, 300);
  ASSERT_EQ(found.suggestions.size(), 2u);
  EXPECT_EQ(found.suggestions[0].spent, 300);
}

TEST(Suggestions, name_the_functions_it_is_in_as_far_as_they_are_known) {
  const auto found = suggestions_for(
      small_profile(), {touching("all", {{.phase = "launch", .object = "", .function = ""}})},
      std::nullopt);
  EXPECT_EQ(found.suggestions.at(0).functions,
            (std::vector<std::string>{"start_kernel", "sha256_update", "execute"}));
}

TEST(Suggestions, that_were_not_measured_stand_by_what_is_spent) {
  const auto found = suggestions_for(
      small_profile(),
      {touching("bash", {in_bash}), touching("nothing", {}), touching("sha", {in_sha256})},
      std::nullopt);
  EXPECT_EQ(suggested(found), (std::vector<std::string>{"sha", "bash"}));
}

TEST(Suggestions, that_were_measured_to_save_come_first_by_what_they_saved) {
  const auto found = suggestions_for(
      small_profile(),
      {touching("sha", {in_sha256}), touching("less", {in_bash}), touching("more", {})},
      ranking_of({measured_as("less", LeverEffect::saves, 10),
                  measured_as("more", LeverEffect::saves, 90)}));
  EXPECT_EQ(suggested(found), (std::vector<std::string>{"more", "less", "sha"}))
      << "one that touches nothing known is there where it saved";
}

TEST(Suggestions, leave_out_what_was_shown_to_save_nothing) {
  const auto suggested_where = [](LeverEffect effect) {
    return suggested(suggestions_for(small_profile(), {touching("one", {in_bash})},
                                     ranking_of({measured_as("one", effect)})));
  };
  for (const LeverEffect effect : {LeverEffect::costs, LeverEffect::none, LeverEffect::trades})
    EXPECT_TRUE(suggested_where(effect).empty()) << to_text(effect);
  for (const LeverEffect effect : {LeverEffect::not_known, LeverEffect::not_measured})
    EXPECT_EQ(suggested_where(effect), std::vector<std::string>{"one"})
        << "that is still to be found out";
}

TEST(Suggestions, of_what_decides_the_same_thing_are_one_unless_others_were_measured) {
  Lever first = touching("first", {in_sha256}), second = touching("second", {in_bash});
  first.choice = second.choice = "machine";
  EXPECT_EQ(suggested(suggestions_for(small_profile(), {first, second}, std::nullopt)),
            std::vector<std::string>{"first"})
      << "more is spent there";
  EXPECT_EQ(suggested(suggestions_for(small_profile(), {first, second},
                                      ranking_of({measured_as("second", LeverEffect::saves, 10)}))),
            std::vector<std::string>{"second"})
      << "what was measured needs no alternative to be tried";
  EXPECT_EQ(suggested(suggestions_for(small_profile(), {first, second},
                                      ranking_of({measured_as("second", LeverEffect::saves, 10),
                                                  measured_as("first", LeverEffect::saves, 5)}))),
            (std::vector<std::string>{"second", "first"}));
}

TEST(Suggestions, of_an_empty_profile_are_none) {
  const auto found = suggestions_for({}, {touching("sha", {in_sha256})}, std::nullopt);
  EXPECT_TRUE(found.suggestions.empty());
  EXPECT_EQ(found.instructions, 0);
}

} // namespace
} // namespace bootperf
