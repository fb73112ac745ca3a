#include "base/strict_yaml.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

void expect_refused(const std::string &yaml, int line, int column, const std::string &expected) {
  SCOPED_TRACE(yaml.substr(0, 60));
  const auto tree = parse_yaml(yaml, "f.yaml");
  ASSERT_FALSE(tree);
  EXPECT_EQ(tree.error().where.line, line) << tree.error().message;
  if (column != 0) { // 0: where exactly differs between versions of yaml-cpp
    EXPECT_EQ(tree.error().where.column, column) << tree.error().message;
  }
  EXPECT_NE(tree.error().message.find(expected), std::string::npos) << tree.error().message;
}

TEST(StrictYaml, knows_its_places) {
  const auto tree = parse_yaml("a: 1\nb:\n  - 'two'\n", "f.yaml");
  ASSERT_TRUE(tree);
  ASSERT_EQ(tree->keys.size(), 2u);
  EXPECT_EQ(tree->items[0].text, "1");
  EXPECT_FALSE(tree->items[0].quoted);
  const YamlNode &two = tree->items[1].items[0];
  EXPECT_TRUE(two.quoted);
  EXPECT_EQ(two.where.line, 3);
  EXPECT_EQ(two.where.column, 5);
}

TEST(StrictYaml, refuses_what_hides_things) {
  expect_refused("a: 1\nb: 2\na: 3\n", 3, 1, "duplicate key 'a'");
  expect_refused("a: &x 1\n", 1, 4, "anchors");
  expect_refused("a: *x\n", 1, 4, "");
  expect_refused("a: !!str 1\n", 1, 4, "tags");
  expect_refused("[a]: 1\n", 1, 1, "a word as key");
  expect_refused("a: 1\n---\nb: 2\n", 3, 1, "second one");
}

TEST(StrictYaml, refuses_what_is_no_yaml) {
  expect_refused("a: [1\n", 2, 0, "expected YAML");
  expect_refused("a: b: c\n", 1, 0, "expected YAML");
}

TEST(StrictYaml, refuses_control_bytes_in_its_own_words) {
  expect_refused(std::string("gates:\n  \0x", 11), 2, 3, "a control byte (0x00)");
  expect_refused("a: \"\x1b[2J\"\n", 1, 5, "a control byte (0x1b)");
}

TEST(StrictYaml, is_bounded) {
  expect_refused(std::string(100'000, '['), 1, 0, "16 levels");
  std::string many = "[";
  for (int i = 0; i < 100'001; ++i)
    many += "1,";
  expect_refused(many + "]", 1, 0, "100000 values");
  expect_refused(std::string(2 << 20, ' '), 1, 1, "1 MiB");
}

TEST(StrictYaml, of_nothing_is_nothing) {
  const auto tree = parse_yaml("# only a comment\n", "f.yaml");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->kind, YamlNode::Kind::null);
}

} // namespace
} // namespace bootperf
