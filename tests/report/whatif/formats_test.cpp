#include "report/whatif/formats.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/golden.h"

namespace bootperf {
namespace {

const std::string launch_of_levers = "run > launch";

PhaseVerdict column_of(const std::string &phase, double as_it_is, double with_lever,
                       double half_width) {
  PhaseVerdict column;
  column.phase = phase;
  column.baseline_mean = as_it_is;
  column.current_mean = with_lever;
  column.ratio = with_lever / as_it_is;
  column.half_width = half_width;
  column.p_faster = with_lever < as_it_is ? 0.0005 : 0.9;
  column.p_slower = with_lever > as_it_is ? 0.0005 : 0.9;
  return column;
}

LeverOutcome outcome_of_lever(const std::string &name, const std::string &actor,
                              const std::string &adopt, LeverEffect effect) {
  LeverOutcome outcome;
  outcome.trial = {
      .lever = name, .actor = actor, .what = "what it does", .adopt = adopt, .refused = ""};
  outcome.effect = effect;
  return outcome;
}

/// Something of everything, in the order of a ranking.
class WhatIfReport : public testing::Test {
protected:
  WhatIfReport() {
    ranking.session = "20261122T204246Z-1a2b3c4d";
    ranking.alpha = 0.01;
    ranking.base_launches = 24;
    ranking.base_work = 2.504e9;
    ranking.base_waiting = 3.25e9;
    LeverOutcome unsigned_modules = outcome_of_lever(
        "unsigned-modules", "kernel",
        "supermin: cut the signatures off; a kernel that locks down refuses such modules",
        LeverEffect::saves);
    unsigned_modules.work = column_of(launch_of_levers, 2.504e9, 1.87e9, 0.0012);
    unsigned_modules.waiting = column_of(launch_of_levers, 3.25e9, 3.24e9, 0.01);
    unsigned_modules.places = {
        column_of("run > launch > qemu > kernel > mini-initrd > mini-initrd:insmod", 8e8, 2e8,
                  0.001),
        column_of("run > launch > qemu > kernel > /init > /init:udev", 3e8, 2.7e8, 0.001)};
    LeverOutcome no_settle =
        outcome_of_lever("no-settle", "/init", "libguestfs: appliance/init", LeverEffect::saves);
    no_settle.work = column_of(launch_of_levers, 2.504e9, 2.5035e9, 0.0009);
    no_settle.waiting = column_of(launch_of_levers, 3.25e9, 1.1e9, 0.01);
    LeverOutcome network = outcome_of_lever("network", "guestfsd", "", LeverEffect::costs);
    network.work = column_of(launch_of_levers, 2.504e9, 2.9e9, 0.002);
    network.waiting = column_of(launch_of_levers, 3.25e9, 5.5e9, 0.02);
    LeverOutcome comment = outcome_of_lever("comment", "/init", "nobody", LeverEffect::none);
    comment.work = column_of(launch_of_levers, 2.504e9, 2.5041e9, 0.0005);
    LeverOutcome noisy = outcome_of_lever("noisy", "kernel", "somebody", LeverEffect::not_known);
    noisy.work = column_of(launch_of_levers, 2.504e9, 2.48e9, 0.05);
    noisy.reason = "more launches would tell (--launches)";
    LeverOutcome qboot = outcome_of_lever("qboot", "firmware", "x", LeverEffect::not_measured);
    qboot.reason = "it needs /usr/share/qboot.rom (package qboot), which is not here";
    LeverOutcome broken = outcome_of_lever("microvm", "qemu", "x", LeverEffect::not_measured);
    broken.reason = "kernel: hung\nsecond line";
    for (LeverOutcome *outcome : {&unsigned_modules, &no_settle, &network, &comment, &noisy})
      outcome->launches = 3;
    ranking.floor = {{"Floor/pvh", 2, 0.49e9}, {"Floor/pc", 2, 0.582e9}};
    ranking.floor_not_measured = {
        {"Floor/kvmtool", "it needs KVM, under which nothing is counted"}};
    ranking.outcomes = {unsigned_modules, no_settle, network, comment, noisy, qboot, broken};
  }

  /// Quiet launches of the first two levers, of the second in two blocks only.
  void by_the_clock() {
    ranking.wall_accelerator = "tcg";
    ranking.outcomes[0].wall = WallTime{.blocks = 10,
                                        .as_it_is_ns = 5.2e9,
                                        .with_ns = 4.6e9,
                                        .ratio = 0.888,
                                        .low = 0.87,
                                        .high = 0.906};
    ranking.outcomes[1].wall = WallTime{.blocks = 2,
                                        .as_it_is_ns = 5.2e9,
                                        .with_ns = 3.1e9,
                                        .ratio = 0.596,
                                        .low = 0,
                                        .high = std::numeric_limits<double>::infinity()};
    ranking.outcomes[2].wall = WallTime{.failure = "qemu: hung\nsecond line"};
    ranking.outcomes[3].wall = ranking.outcomes[0].wall;
  }

  /// The ranking after everything that came from outside is hostile.
  LeverRanking hostile() const {
    const std::string evil = "\x1b[2J\n::error::<b>&\xff";
    LeverRanking all = ranking;
    all.session = all.wall_accelerator = evil;
    all.floor_not_measured = {{evil, evil}};
    for (FloorGuest &guest : all.floor)
      guest.scenario = evil;
    for (LeverOutcome &outcome : all.outcomes) {
      outcome.trial = {.lever = evil, .actor = evil, .what = evil, .adopt = evil, .refused = ""};
      if (!outcome.reason.empty())
        outcome.reason = evil;
      outcome.wall = WallTime{.failure = evil};
      for (PhaseVerdict &place : outcome.places)
        place.phase = launch_of_levers + " > " + evil;
    }
    return all;
  }

  LeverRanking ranking;
};

/// No byte does anything to a terminal, and no line is a workflow command.
void expect_harmless(const std::string &text) {
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
  EXPECT_EQ(text.find('\xff'), std::string::npos) << text;
  EXPECT_FALSE(text.starts_with("::")) << text;
  EXPECT_EQ(text.find("\n::"), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_text_ranks_and_says_what_to_adopt) {
  expect_golden("what-if.txt", ranking_text(ranking, {false, true, 0}));
}

TEST_F(WhatIfReport, as_text_fits_a_terminal) {
  expect_golden("what-if-80.txt", ranking_text(ranking, {false, true, 80}));
}

TEST_F(WhatIfReport, as_text_fits_a_narrow_terminal) {
  expect_golden("what-if-60.txt", ranking_text(ranking, {false, false, 60}));
}

TEST_F(WhatIfReport, as_text_of_levers_that_save_nothing_says_so) {
  ranking.outcomes.erase(ranking.outcomes.begin(), ranking.outcomes.begin() + 2);
  EXPECT_NE(ranking_text(ranking, {false, true, 80})
                .find("; what the levers save these launches cannot tell yet.\n"),
            std::string::npos)
      << "one of them is not known";
  std::erase_if(ranking.outcomes, [](const LeverOutcome &outcome) {
    return outcome.effect == LeverEffect::not_known;
  });
  const std::string text = ranking_text(ranking, {false, true, 80});
  EXPECT_TRUE(text.starts_with("The boot executes 2.504 G instructions and waits 3.25 s; none of "
                               "these levers saves any of it.\n"))
      << text;
  EXPECT_EQ(text.find("to adopt"), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_text_says_what_each_is_worth_once_the_others_are_there) {
  LeverOutcome all = outcome_of_lever("together", "", "", LeverEffect::saves);
  all.work = column_of(launch_of_levers, 2.504e9, 1e9, 0.001);
  LeverOutcome without = outcome_of_lever("together-without-q35", "", "", LeverEffect::saves);
  without.work = column_of(launch_of_levers, 2.504e9, 1.2504e9, 0.001);
  ranking.outcomes.insert(ranking.outcomes.begin(), {all, without});
  const std::string text = ranking_text(ranking, {false, false, 0});
  EXPECT_NE(text.find("unsigned-modules would save most: -634.0 M instructions (-25.3 %); all "
                      "together: -1.504 G"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  q35    -10.0 %  -250.4 M"), std::string::npos) << text;
  EXPECT_EQ(text.find("together-without"), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_text_names_the_lever_without_which_the_others_come_up) {
  LeverOutcome all = outcome_of_lever("together", "", "", LeverEffect::not_measured);
  all.reason = "hung: did not finish within 60 s (deadline)";
  LeverOutcome without = outcome_of_lever("together-without-q35", "", "", LeverEffect::saves);
  without.work = column_of(launch_of_levers, 2.504e9, 1.2504e9, 0.001);
  LeverOutcome hung = outcome_of_lever("together-without-x", "", "", LeverEffect::not_measured);
  hung.reason = all.reason;
  ranking.outcomes.insert(ranking.outcomes.begin(), {all, without, hung});
  const std::string text = ranking_text(ranking, {false, false, 0});
  EXPECT_NE(text.find("  not measured: hung: did not finish within 60 s (deadline)\n"
                      "  with one of them left out:\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  together-without-q35  -50.1 %"), std::string::npos) << text;
  EXPECT_EQ(text.find("together-without-x"), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_text_names_waiting_where_it_is_what_is_saved) {
  ranking.outcomes.erase(ranking.outcomes.begin());
  const std::string text = ranking_text(ranking, {false, false, 0});
  EXPECT_NE(text.find("no-settle would save most: -2.15 s of waiting."), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_text_of_nothing_is_a_sentence) {
  EXPECT_FALSE(ranking_text({.session = "x", .alpha = 0.01, .outcomes = {}}, {}).empty());
}

TEST_F(WhatIfReport, as_text_shows_wall_time_where_it_was_measured) {
  by_the_clock();
  expect_golden("what-if-wall.txt", ranking_text(ranking, {false, true, 0}));
}

TEST_F(WhatIfReport, as_text_keeps_wall_time_at_80_columns) {
  by_the_clock();
  const std::string text = ranking_text(ranking, {false, true, 80});
  EXPECT_NE(text.find("−11.2 % (−13.0 % to −9.4 %)"), std::string::npos) << text;
}

TEST_F(WhatIfReport, as_json_has_wall_time_with_its_interval_where_there_is_one) {
  by_the_clock();
  const auto levers = nlohmann::json::parse(ranking_json(ranking))["levers"];
  EXPECT_EQ(levers[0]["wall_time"]["blocks"], 10);
  EXPECT_EQ(levers[0]["wall_time"]["low"], 0.87);
  EXPECT_FALSE(levers[1]["wall_time"].contains("low")) << "of few blocks it has no end";
  EXPECT_EQ(levers[2]["wall_time"]["failure"], "qemu: hung\nsecond line");
  EXPECT_FALSE(levers[2]["wall_time"].contains("ratio"));
  EXPECT_FALSE(levers[4].contains("wall_time"));
}

TEST_F(WhatIfReport, as_text_does_nothing_to_a_terminal) {
  for (const int width : {0, 80, 60})
    expect_harmless(ranking_text(hostile(), {false, true, width}));
}

TEST_F(WhatIfReport, as_json) {
  expect_golden("what-if.json", ranking_json(ranking));
}

TEST_F(WhatIfReport, as_json_does_nothing_to_a_terminal_and_is_json) {
  const std::string text = ranking_json(hostile());
  expect_harmless(text);
  EXPECT_TRUE(nlohmann::json::accept(text));
}

std::vector<Lever> two_levers() {
  Lever q35, modules;
  q35.name = "q35";
  q35.actor = "qemu";
  q35.what = "machine q35 in place of pc";
  q35.adopt = "libguestfs: pass q35 in launch-direct.c";
  modules.name = "unsigned-modules";
  modules.actor = "kernel";
  modules.what = "kernel modules without signatures";
  modules.adopt =
      "supermin: cut the signatures off; a kernel that locks down refuses such modules, "
      "which an appliance is not, so nobody should miss them";
  return {q35, modules};
}

TEST(LeversText, says_what_each_changes_and_who_would_adopt_it) {
  expect_golden("levers.txt", levers_text(two_levers(), {false, true, 80}));
}

TEST(LeversText, of_none_is_empty) {
  EXPECT_EQ(levers_text({}, {}), "");
}

TEST(LeversText, does_nothing_to_a_terminal) {
  std::vector<Lever> levers = two_levers();
  levers[0].name = levers[0].what = levers[0].adopt = levers[0].actor = "\x1b[2J\n::error::";
  expect_harmless(levers_text(levers, {false, true, 80}));
}

} // namespace
} // namespace bootperf
