#include "phases/launches.h"

namespace bootperf::test {
namespace {

struct Wrong {
  std::string yaml;
  int line, column;
  std::string expected; ///< part of the message
};

void expect_refused(const Wrong &wrong) {
  SCOPED_TRACE(wrong.yaml);
  const auto rules = parse_rules(wrong.yaml, "mine.yaml");
  ASSERT_FALSE(rules);
  EXPECT_EQ(rules.error().kind, ErrorKind::input);
  EXPECT_EQ(rules.error().where.file, "mine.yaml");
  EXPECT_EQ(rules.error().where.line, wrong.line) << rules.error().message;
  EXPECT_EQ(rules.error().where.column, wrong.column) << rules.error().message;
  EXPECT_NE(rules.error().message.find(wrong.expected), std::string::npos) << rules.error().message;
}

/// A file whose second phase ("a", from line 4 on) has these further lines.
std::string second_phase(const std::string &lines) {
  return "rules: 1\nphases:\n  - name: run\n  - name: a\n" + lines;
}

const std::string begin = "    begin: start\n", end = "    end: end\n",
                  parent = "    parent: run\n";

TEST(RuleFile, shipped_is_valid) {
  EXPECT_TRUE(load_rules(""));
  const auto from_file = load_rules(std::string(BOOTPERF_SOURCE_DIR) + "/src/phases/rules.yaml");
  EXPECT_TRUE(from_file);
}

TEST(RuleFile, that_is_not_there_is_an_error) {
  EXPECT_FALSE(load_rules("/no/such/rules.yaml"));
}

TEST(RuleFile, states_its_version) {
  expect_refused({"phases:\n  - name: run\n", 1, 1, "'rules'"});
  expect_refused({"rules: 2\nphases:\n  - name: run\n", 1, 8, "expected 1"});
  expect_refused({"", 1, 1, "expected a mapping"});
  expect_refused({"- a\n", 1, 1, "found a list"});
}

TEST(RuleFile, has_no_unknown_keys) {
  expect_refused({"rules: 1\nphase: []\n", 2, 1, "did you mean 'phases'"});
  expect_refused({second_phase(parent + "    begn: start\n" + end), 6, 5, "did you mean 'begin'"});
  expect_refused({second_phase(parent + "    begin: {source: library, mtch: x}\n" + end), 6, 30,
                  "did you mean 'match'"});
  expect_refused({second_phase(parent + begin + end + "    when: {archh: x86_64}\n"), 8, 12,
                  "did you mean 'arch'"});
}

TEST(RuleFile, has_no_key_and_no_name_twice) {
  expect_refused({second_phase(parent + begin + end + begin), 8, 5, "duplicate key 'begin'"});
  expect_refused(
      {"rules: 1\nphases:\n  - name: run\n  - name: run\n", 4, 11, "duplicate phase 'run'"});
}

TEST(RuleFile, has_the_right_types) {
  expect_refused({"rules: 1\nphases: run\n", 2, 9, "expected a list"});
  expect_refused({"rules: 1\nphases:\n  - run\n", 3, 5, "expected a mapping"});
  expect_refused({second_phase("    parent: {a: b}\n"), 5, 13, "expected a phase's name"});
  expect_refused(
      {second_phase(parent + begin + end + "    optional: .nan\n"), 8, 15, "true, false"});
  expect_refused(
      {second_phase(parent + begin + end + "    optional: 'true'\n"), 8, 15, "true, false"});
  expect_refused({second_phase(parent + "    begin: 1\n" + end), 6, 12, "found '1'"});
  expect_refused({second_phase(parent + "    begin: []\n" + end), 6, 12, "at least one"});
  expect_refused({second_phase(parent + "    begin:\n" + end), 6, 5, "found nothing"});
  expect_refused({second_phase(parent + begin), 4, 5, "'end'"});
}

TEST(RuleFile, has_sources_and_versions_that_exist) {
  expect_refused({second_phase(parent + "    begin: {source: console}\n" + end), 6, 21,
                  "unknown source 'console'"});
  expect_refused({second_phase(parent + "    begin: {source: enter, end_of: run}\n" + end), 6, 12,
                  "exactly one of"});
  expect_refused({second_phase(parent + "    begin: {end_of: run, match: x}\n" + end), 6, 33,
                  "only beside 'source'"});
  expect_refused({second_phase(parent + begin + end + "    when: {libguestfs: new}\n"), 8, 24,
                  "range of versions"});
}

TEST(RuleFile, has_patterns_that_compile) {
  expect_refused({second_phase(parent + "    begin: {source: library, match: '(a'}\n" + end), 6, 37,
                  "regular expression"});
  expect_refused({second_phase(parent + "    begin: {source: library, match: '${a}'}\n" + end), 6,
                  37, "not among the definitions"});
  expect_refused(
      {"rules: 1\ndefinitions: {a: '*'}\nphases:\n  - name: run\n", 2, 18, "regular expression"});
}

TEST(RuleFile, has_parents_that_exist_and_make_a_tree) {
  expect_refused({second_phase("    parent: ron\n" + begin + end), 5, 13, "did you mean 'run'"});
  expect_refused({second_phase("    parent: a\n" + begin + end), 4, 11, "depends on itself"});
  expect_refused({second_phase(begin + end), 4, 5, "expected a 'parent'"});
  expect_refused({"rules: 1\nphases:\n  - name: run\n  - name: two\n", 4, 11, "already 'run'"});
  expect_refused({second_phase("    parent: b\n" + begin + end +
                               "  - {name: b, parent: a, begin: start, end: end}\n"),
                  8, 12, "depends on itself"});
  expect_refused(
      {second_phase(parent + "    begin: {end_of: a}\n" + end), 4, 11, "depends on itself"});
  expect_refused({"rules: 1\nphases: []\n", 2, 9, "at least"});
}

TEST(RuleFile, has_repeats_with_the_groups_they_name) {
  const std::string points = "    begin: {source: appliance, match: '(?P<x>a)'}\n" + end;
  expect_refused({second_phase(parent + points + "    repeat: 'r {y}'\n"), 8, 13, "?P<y>"});
  expect_refused({second_phase(parent + points + "    repeat: r\n"), 8, 13, "in braces"});
  expect_refused({second_phase(parent + points + "    repeat: '{x}'\n    pair: x\n"), 8, 13,
                  "in every pattern of 'end'"});
  expect_refused({second_phase(parent + points + "    pair: x\n"), 8, 11, "only beside 'repeat'"});
  expect_refused({second_phase(parent + points + "    repeat: '{x}'\n" +
                               "  - {name: b, parent: run, begin: {end_of: a}, end: end}\n"),
                  9, 35, "is repeated"});
}

TEST(RuleFile, has_plain_names) {
  expect_refused({"rules: 1\nphases:\n  - name: \"a > b\"\n", 3, 11, "expected a name"});
  expect_refused({"rules: 1\nphases:\n  - name: \"(other)\"\n", 3, 11, "expected a name"});
  expect_refused({"rules: 1\nphases:\n  - name: \"\"\n", 3, 11, "empty"});
}

} // namespace
} // namespace bootperf::test
