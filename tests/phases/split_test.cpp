// How rules become a tree, with small rules of the test's own.
#include "phases/launches.h"

namespace bootperf::test {
namespace {

Rules rules_of(const std::string &phases) {
  auto rules = parse_rules("rules: 1\nphases:\n  - name: run\n" + phases, "test.yaml");
  if (!rules)
    throw std::runtime_error(to_text(rules.error()));
  return std::move(*rules);
}

std::string phase(const std::string &name, const std::string &parent, const std::string &begin,
                  const std::string &end, const std::string &more = "") {
  return "  - {name: " + name + ", parent: " + parent + ", begin: {source: appliance, match: '" +
         begin + "'}, end: {source: appliance, match: '" + end + "'}" + more + "}\n";
}

BootLog console(std::initializer_list<std::string> lines) {
  BootLog log;
  std::int64_t t_ns = 0;
  for (const std::string &line : lines)
    log.events.push_back({t_ns += 10, Source::appliance, line + "\n", {}});
  log.events.push_back({t_ns += 10, Source::close, "", {}});
  return log;
}

TEST(Tree, has_self_time_and_other_at_each_level) {
  const Rules rules = rules_of(phase("outer", "run", "a", "d") + phase("inner", "outer", "b", "c"));
  const PhaseTree tree = rules.split(console({"x", "a", "b", "c", "d", "y"}));
  expect_sound(tree);
  EXPECT_EQ(ids(tree), (std::vector<std::string>{"run", "run > outer", "run > outer > inner",
                                                 "run > outer > (other)", "run > (other)"}));
  EXPECT_EQ(tree.phases[1].wall_ns, 30);
  EXPECT_EQ(tree.phases[1].self_ns, 20);
  EXPECT_EQ(tree.phases[3].wall_ns, 20);
  EXPECT_TRUE(tree.phases[3].other);
}

TEST(Tree, counts_instructions_at_the_boundaries_and_carries_them_forward) {
  const Rules rules = rules_of(phase("a", "run", "a", "b") + phase("b", "run", "b", "c"));
  BootLog log = console({"a", "b", "c"});
  log.events[1].instructions = 100;
  const PhaseTree tree = rules.split(log);
  expect_sound(tree);
  EXPECT_EQ(find_phase(tree, "a")->instructions, 100u);
  EXPECT_EQ(find_phase(tree, "b")->instructions, 0u);
}

TEST(Tree, adds_spinning_and_waiting_up_at_every_level) {
  const Rules rules = rules_of(phase("outer", "run", "a", "d") + phase("inner", "outer", "b", "c"));
  BootLog log = console({"x", "a", "b", "c", "d", "y"});
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    log.events[i].instructions = 100 * i;
    log.events[i].stalls = {i, 1'000 * i, 10 * i};
  }
  const PhaseTree tree = rules.split(log);
  expect_sound(tree);
  EXPECT_EQ(find_phase(tree, "outer")->stalls, (Stalls{3, 3'000, 30}));
  EXPECT_EQ(find_phase(tree, "outer")->self_stalls, (Stalls{2, 2'000, 20}));
  EXPECT_EQ(tree.phases.front().work(),
            *tree.phases.front().instructions - *tree.phases.front().stalls.spinning);
}

TEST(Tree, has_no_waiting_when_a_count_lacks_it) {
  const Rules rules = rules_of(phase("a", "run", "a", "b"));
  BootLog log = console({"a", "b"});
  for (Event &event : log.events) {
    event.instructions = 100;
    event.stalls.waiting_ns = 1;
  }
  log.events.back().stalls.waiting_ns = std::nullopt;
  const PhaseTree tree = rules.split(log);
  EXPECT_FALSE(tree.phases.front().stalls.waiting_ns);
  EXPECT_FALSE(tree.phases.front().work()) << "spinning is unknown";
}

TEST(Tree, has_no_instructions_when_nobody_counted) {
  const PhaseTree tree = rules_of(phase("a", "run", "a", "b")).split(console({"a", "b"}));
  EXPECT_FALSE(find_phase(tree, "a")->instructions);
}

TEST(Child, is_clamped_into_its_parent) {
  const Rules rules = rules_of(phase("outer", "run", "a", "c") + phase("inner", "outer", "b", "d"));
  const PhaseTree tree = rules.split(console({"a", "b", "c", "d"}));
  EXPECT_EQ(wall_of(tree, "inner"), 10);
}

TEST(Child, begins_only_inside_its_parent) {
  const Rules rules = rules_of(phase("outer", "run", "a", "c") + phase("inner", "outer", "b", "c"));
  EXPECT_FALSE(find_phase(rules.split(console({"b", "a", "c", "b"})), "inner"));
  EXPECT_EQ(find_phase(rules.split(console({"b", "a", "b", "c"})), "inner")->start_ns, 30);
}

TEST(Overlap, is_listed_and_not_summed) {
  const Rules rules = rules_of(phase("long", "run", "a", "d") + phase("short", "run", "b", "c"));
  const PhaseTree tree = rules.split(console({"a", "b", "c", "d"}));
  expect_sound(tree);
  EXPECT_TRUE(find_phase(tree, "long")->overlaps);
  EXPECT_FALSE(find_phase(tree, "short")->overlaps);
}

TEST(MissingEnd, is_not_measured_in_a_launch_that_was_closed) {
  const Rules rules = rules_of(phase("a", "run", "a", "reworded"));
  const PhaseTree tree = rules.split(console({"a", "b"}));
  EXPECT_FALSE(find_phase(tree, "a"));
  EXPECT_EQ(tree.not_measured, std::vector<std::string>{"run > a"});
}

TEST(MissingEnd, leaves_a_phase_open_where_the_log_breaks_off) {
  const Rules rules = rules_of(phase("a", "run", "a", "z") + phase("b", "a", "b", "z"));
  BootLog log = console({"a", "b", "c"});
  log.events.pop_back();
  const PhaseTree tree = rules.split(log);
  EXPECT_TRUE(find_phase(tree, "b")->unfinished);
  EXPECT_EQ(tree.last_phase, "run > a > b");
}

TEST(MissingEnd, is_not_measured_when_a_later_sibling_began) {
  const Rules rules = rules_of(phase("a", "run", "a", "reworded") + phase("inside", "a", "i", "j") +
                               phase("b", "run", "b", "z"));
  BootLog log = console({"a", "i", "j", "b", "c"});
  log.events.pop_back();
  const PhaseTree tree = rules.split(log);
  expect_sound(tree);
  EXPECT_EQ(tree.not_measured, (std::vector<std::string>{"run > a", "run > a > inside"}));
  EXPECT_EQ(tree.last_phase, "run > b");
}

TEST(MissingBeginning, is_not_measured_unless_optional) {
  const Rules rules =
      rules_of(phase("due", "run", "x", "y") + phase("extra", "run", "x", "y", ", optional: true") +
               phase("quiet only", "run", "x", "y", ", optional: {mode: traced}"));
  BootLog log = console({"a"});
  log.environment["mode"] = "traced";
  EXPECT_EQ(rules.split(log).not_measured, std::vector<std::string>{"run > due"});
  log.environment["mode"] = "quiet";
  EXPECT_EQ(rules.split(log).not_measured,
            (std::vector<std::string>{"run > due", "run > quiet only"}));
}

TEST(Condition, keeps_a_rule_from_other_launches) {
  const Rules rules = rules_of(
      phase("old", "run", "a", "b", ", when: {libguestfs: '<1.57.3'}") +
      phase("new", "run", "a", "b", ", when: {libguestfs: '>=1.57.3 <2'}") +
      phase("arm", "run", "a", "b", ", when: {arch: aarch64}") +
      phase("loud", "run", "a", "b", ", when: {mode: '!quiet', backend: [direct, libvirt]}"));
  BootLog log = console({"a", "b"});
  log.environment = {{"libguestfs", "1.57.3"},
                     {"arch", "x86_64"},
                     {"mode", "quiet"},
                     {"backend", "libvirt:qemu:///session"}};
  const PhaseTree tree = rules.split(log);
  EXPECT_FALSE(find_phase(tree, "old"));
  EXPECT_TRUE(find_phase(tree, "new"));
  EXPECT_FALSE(find_phase(tree, "arm"));
  EXPECT_FALSE(find_phase(tree, "loud"));
  log.environment["mode"] = "traced";
  EXPECT_TRUE(find_phase(rules.split(log), "loud"));
}

TEST(Condition, that_cannot_be_told_tries_the_rule_without_claiming_it_is_due) {
  const Rules rules = rules_of(phase("a", "run", "a", "b", ", when: {arch: aarch64}"));
  EXPECT_TRUE(find_phase(rules.split(console({"a", "b"})), "a"));
  EXPECT_TRUE(rules.split(console({"x"})).not_measured.empty());
}

TEST(Points, may_be_the_log_itself_other_phases_or_the_next_line) {
  const Rules rules = rules_of(
      "  - {name: all, parent: run, begin: start, end: end}\n"
      "  - {name: first, parent: all, begin: {source: appliance, match: b}, end: next line}\n"
      "  - {name: rest, parent: all, begin: {end_of: first}, end: {end_of: all}}\n"
      "  - {name: before, parent: all, begin: start, end: {begin_of: first}}\n");
  const PhaseTree tree = rules.split(console({"a", "b", "c"}));
  expect_sound(tree);
  EXPECT_EQ(wall_of(tree, "before"), 20);
  EXPECT_EQ(wall_of(tree, "first"), 10);
  EXPECT_EQ(wall_of(tree, "rest"), 10);
}

TEST(FailedLaunch, names_the_phase_it_ended_in) {
  EXPECT_EQ(shipped().split(recording("kernel-panic")).last_phase,
            "run > launch > qemu > kernel > kernel:overhead");
  EXPECT_EQ(shipped().split(recording("kvm-abort")).last_phase,
            "run > launch > qemu > qemu:overhead");
  EXPECT_EQ(shipped().split(recording("traced-1")).last_phase, "");
}

} // namespace
} // namespace bootperf::test
