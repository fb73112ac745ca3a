#include "cli/command_model.h"

#include <gtest/gtest.h>

#include "example_program.h"

namespace bootperf {
namespace {

CommandModel example() {
  return command_model(*example_program());
}

TEST(CommandModel, names_verbs_in_full_and_leaves_hidden_ones_out) {
  std::vector<std::string> names;
  const CommandModel program = example();
  for (const CommandModel *command : with_all_verbs(program))
    names.push_back(command->name);
  EXPECT_EQ(names, (std::vector<std::string>{"egg", "egg boil", "egg timer", "egg timer set"}));
  EXPECT_EQ(program.verbs[1].verbs[0].verb(), "set");
}

TEST(CommandModel, tells_flags_options_and_arguments_apart) {
  const CommandModel program = example();
  const std::vector<OptionModel> &options = program.verbs[0].options;
  ASSERT_EQ(options.size(), 5u); // --help is the first
  EXPECT_TRUE(options[1].is_positional());
  EXPECT_TRUE(options[1].is_repeatable);
  EXPECT_EQ(options[1].value, "EGG");
  EXPECT_EQ(options[2].names, (std::vector<std::string>{"-w", "--water"}));
  EXPECT_EQ(options[2].value, "TEXT");
  EXPECT_TRUE(options[2].required);
  EXPECT_EQ(options[3].choices, (std::vector<std::string>{"soft", "hard"}));
  EXPECT_EQ(options[4].value, "");
}

TEST(CommandModel, takes_the_text_below_apart) {
  const CommandModel program = example();
  ASSERT_EQ(program.paragraphs.size(), 2u);
  EXPECT_EQ(program.paragraphs[0].title, "Examples");
  EXPECT_EQ(program.paragraphs[0].text, "  egg boil");
  EXPECT_EQ(program.paragraphs[1].title, "Exit status");
  EXPECT_EQ(program.paragraphs[1].text, "0 done, 1 burnt.");
}

TEST(CommandModel, survives_text_without_paragraphs) {
  CLI::App program("x", "x");
  for (const char *footer : {"", ":", "\n\n", "no title", "Title:", "\n\n\n\n:\n\n"}) {
    program.footer(footer);
    EXPECT_TRUE(command_model(program).paragraphs.empty()) << footer;
  }
}

TEST(CommandModel, shortens_a_description) {
  EXPECT_EQ(first_clause("Boil\nthem: soft"), "Boil them");
  EXPECT_EQ(first_clause("Boil them"), "Boil them");
}

} // namespace
} // namespace bootperf
