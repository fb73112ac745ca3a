#include "base/flags.h"

#include <CLI/CLI.hpp>
#include <gtest/gtest.h>

namespace bootperf {
namespace {

struct Wanted {
  std::string name;
  std::optional<int> size;
  int count = 1;
  bool fast = false;
  std::map<std::string, std::string> environment;
  std::string kind = "one";
};

std::vector<Flag> flags_of(Wanted &wanted) {
  return {flag("name", "NAME", "what it is called", wanted.name),
          flag("size", "MiB", "how large it is", wanted.size, {1, 9}),
          flag("count", "N", "how many (1)", wanted.count, {1, 99}),
          flag("fast", "hurry", wanted.fast),
          flag("env", "environment; repeatable", wanted.environment),
          choice_flag(
              "kind", "what kind", {"one", "other"},
              [&wanted](const std::string &text) { wanted.kind = text; },
              [&wanted] { return wanted.kind; })};
}

std::vector<std::string> arguments(Wanted wanted) {
  Wanted standard;
  return arguments_of(flags_of(wanted), flags_of(standard));
}

/// "" when the command line could be read.
std::string read(std::vector<std::string> words, Wanted &wanted) {
  CLI::App program;
  declare(program, flags_of(wanted));
  std::reverse(words.begin(), words.end()); // as CLI11 wants them
  try {
    program.parse(std::move(words));
  } catch (const CLI::ParseError &error) {
    return error.what();
  }
  return "";
}

TEST(Flags, come_back_from_the_command_line_that_they_make) {
  Wanted wanted{.name = "a b",
                .size = 3,
                .count = 7,
                .fast = true,
                .environment = {{"A", "1"}, {"B", "x=y"}},
                .kind = "other"};
  Wanted again;
  EXPECT_EQ(read(arguments(wanted), again), "");
  EXPECT_EQ(arguments(again), arguments(wanted));
  EXPECT_EQ(again.environment, wanted.environment);
  EXPECT_EQ(again.size, 3);
}

TEST(Flags, that_were_not_given_are_left_out) {
  EXPECT_TRUE(arguments({}).empty());
  EXPECT_EQ(arguments({.name = "", .size = {}, .count = 2, .fast = false, .environment = {}}),
            std::vector<std::string>{"--count=2"});
}

TEST(Flags, with_wrong_values_are_refused) {
  for (const char *word : {"--size=0", "--size=x", "--size=1x", "--count=100", "--kind=third",
                           "--env=novalue", "--env==x", "--unknown"}) {
    Wanted wanted;
    EXPECT_NE(read({word}, wanted), "") << word;
  }
}

TEST(Flags, say_what_was_expected) {
  Wanted wanted;
  const auto flags = flags_of(wanted);
  EXPECT_EQ(flags[1].set("12").error().message, "a number from 1 to 9 was expected, not \"12\"");
  EXPECT_EQ(flags[4].set("x").error().message, "NAME=VALUE was expected, not \"x\"");
  EXPECT_EQ(flags[5].set("x").error().message, "one or other was expected, not \"x\"");
}

} // namespace
} // namespace bootperf
