#include "report/check/sentence.h"

#include <limits>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr TextStyle as_text{false, true, 0};
const std::string kernel = "run > launch > qemu > kernel";

PhaseVerdict counted(const std::string &id, Verdict verdict, double before, double now) {
  PhaseVerdict phase;
  phase.phase = id;
  phase.verdict = verdict;
  phase.baseline_mean = before;
  phase.current_mean = now;
  phase.ratio = now / before;
  phase.smallest_detectable = 0.003;
  return phase;
}

PhaseVerdict waited(const std::string &id, Verdict verdict, double before_ms, double now_ms) {
  PhaseVerdict phase = counted(id, verdict, before_ms * 1e6, now_ms * 1e6);
  phase.waiting = true;
  phase.ratio = (now_ms + 100) / (before_ms + 100);
  phase.smallest_detectable = 0.1;
  return phase;
}

ScenarioCheck check_of(Verdict verdict, std::vector<PhaseVerdict> phases,
                       Metric metric = Metric::instructions) {
  ScenarioCheck check;
  check.scenario = "Launch/counted";
  check.metric = metric;
  check.verdict = verdict;
  check.phases = std::move(phases);
  return check;
}

TEST(Sentence, says_how_much_slower_and_where) {
  const ScenarioCheck check = check_of(
      Verdict::regressed,
      {counted("run > launch", Verdict::pass, 2500e6, 2501e6),
       counted(kernel + " > /init > /init:udev-overhead", Verdict::regressed, 458e6, 486e6),
       waited("run > launch", Verdict::regressed, 230, 3250),
       waited(kernel + " > /init", Verdict::regressed, 30, 3050)});
  EXPECT_EQ(verdict_sentence(check, as_text),
            "Boot is 3.02 s slower: /init › udev-overhead executes 28.00 M instructions more "
            "(+6.1 %); /init waits 3.02 s more; a change of 0.3 % or a wait of 33.0 ms would have "
            "been seen.");
}

TEST(Sentence, names_the_function_that_has_most_of_it) {
  PhaseVerdict gate = counted(kernel + " > /init", Verdict::regressed, 766e6, 794e6);
  const auto sentence = [&](const std::string &object, const std::string &name, double change) {
    gate.functions = ChangedFunctions{
        .base = 766e6, .head = 794e6, .shows_it = true, .functions = {{object, name, 0, change}}};
    return verdict_sentence(check_of(Verdict::regressed, {gate}), as_text);
  };
  EXPECT_EQ(sentence("/usr/bin/gawk", "(unknown)", 27.9e6),
            "Boot is slower: /init executes 28.00 M instructions more (+3.7 %), 27.90 M of them in "
            "gawk.");
  EXPECT_EQ(sentence("vmlinux", "clear_page_erms", 27.9e6),
            "Boot is slower: /init executes 28.00 M instructions more (+3.7 %), 27.90 M of them in "
            "clear_page_erms (vmlinux).");
  EXPECT_EQ(sentence("/usr/bin/gawk", "(unknown)", 28.1e6),
            "Boot is slower: /init executes 28.00 M instructions more (+3.7 %), most of them in "
            "gawk.");
  const std::string none = "Boot is slower: /init executes 28.00 M instructions more (+3.7 %).";
  EXPECT_EQ(sentence("vmlinux", "clear_page_erms", 13.9e6), none);
  EXPECT_EQ(sentence("vmlinux", "(others)", 27.9e6), none);
  EXPECT_EQ(sentence("(kernel)", "(unknown)", 27.9e6), none);
  gate.functions = ChangedFunctions{.base = 766e6, .head = 767e6, .functions = {}};
  EXPECT_EQ(verdict_sentence(check_of(Verdict::regressed, {gate}), as_text), none);
}

TEST(Sentence, names_the_place_below_the_gate) {
  PhaseVerdict gate = counted(kernel + " > /init", Verdict::regressed, 766e6, 794e6);
  gate.places = {counted(kernel + " > /init > /init:lvm-probe", Verdict::regressed, 123e6, 151e6)};
  EXPECT_EQ(verdict_sentence(check_of(Verdict::regressed, {gate}), as_text),
            "Boot is slower: /init › lvm-probe executes 28.00 M instructions more (+22.8 %).");
}

TEST(Sentence, names_the_gate_where_work_slid_into_the_place_below_it) {
  PhaseVerdict gate = counted(kernel + " > /init", Verdict::regressed, 766e6, 794e6);
  gate.places = {counted(kernel + " > /init > /init:lvm-probe", Verdict::regressed, 123e6, 176e6)};
  gate.places[0].functions = ChangedFunctions{
      .base = 123e6, .head = 176e6, .shows_it = true, .functions = {{"vmlinux", "f", 0, 53e6}}};
  EXPECT_EQ(verdict_sentence(check_of(Verdict::regressed, {gate}), as_text),
            "Boot is slower: /init executes 28.00 M instructions more (+3.7 %).");
}

TEST(Sentence, tells_wall_time_in_seconds) {
  const ScenarioCheck check = check_of(
      Verdict::improved, {counted("run > launch", Verdict::improved, 13.9e9, 9.5e9)}, Metric::wall);
  EXPECT_EQ(verdict_sentence(check, as_text),
            "Boot is 4.40 s faster: launch takes 4.40 s less (−31.7 %); a change of 0.3 % would "
            "have been seen.");
}

TEST(Sentence, of_a_pass_says_what_would_have_been_seen) {
  ScenarioCheck check =
      check_of(Verdict::pass, {counted("run > launch", Verdict::pass, 2500e6, 2501e6),
                               waited("run > launch", Verdict::pass, 230, 231)});
  EXPECT_EQ(verdict_sentence(check, as_text),
            "No change: a slow-down of 0.3 % or a wait of 33.0 ms would have been seen.");
  check.moved = {counted(kernel + " > /init > /init:md-probe", Verdict::regressed, 16e6, 17e6)};
  EXPECT_EQ(verdict_sentence(check, as_text),
            "No gated phase is slower: a slow-down of 0.3 % or a wait of 33.0 ms would have been "
            "seen; 1 phase moved within what is tolerated.");
}

TEST(Sentence, claims_nothing_that_was_not_shown) {
  EXPECT_EQ(verdict_sentence(check_of(Verdict::not_measured, {}), as_text),
            "Not measured, so nothing is claimed.");
  EXPECT_EQ(verdict_sentence(check_of(Verdict::inconclusive, {}), as_text),
            "Not decided: these launches cannot tell.");
  PhaseVerdict unknown = counted("run > launch", Verdict::inconclusive, 2500e6, 2501e6);
  unknown.smallest_detectable = std::numeric_limits<double>::infinity();
  EXPECT_EQ(verdict_sentence(check_of(Verdict::inconclusive, {unknown}), as_text),
            "Not decided: these launches cannot tell.");
}

TEST(Sentence, names_three_places_and_counts_the_others) {
  std::vector<PhaseVerdict> phases;
  for (const char *name : {"seabios", "kernel", "/init", "guestfsd", "qemu"})
    phases.push_back(counted(std::string("run > ") + name, Verdict::regressed, 100e6, 120e6));
  const std::string sentence = verdict_sentence(check_of(Verdict::regressed, phases), as_text);
  EXPECT_NE(sentence.find("; and 2 others."), std::string::npos) << sentence;
}

} // namespace
} // namespace bootperf
