#include <gtest/gtest.h>

#include "bootperf_program.h"

namespace bootperf {
namespace {

const std::vector<std::string> all_verbs = {"doctor",   "run",     "show",     "check",
                                            "gate",     "compare", "selftest", "report",
                                            "baseline", "import",  "merge",    "trend"};

TEST(Help, shows_an_example_for_each_verb) {
  const Ran help = bootperf({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const std::string &verb : all_verbs)
    EXPECT_NE(help.text.find("\n  bootperf " + verb), std::string::npos) << verb;
}

TEST(Help, of_each_verb_has_examples) {
  for (const std::string &verb : all_verbs) {
    const Ran help = bootperf({verb, "--help"});
    EXPECT_EQ(help.code, 0) << verb;
    EXPECT_NE(help.text.find("Examples:\n  bootperf " + verb), std::string::npos) << help.text;
  }
  for (const std::string verb : {"update", "show", "list"}) {
    const Ran help = bootperf({"baseline", verb, "--help"});
    EXPECT_EQ(help.code, 0) << verb;
    EXPECT_NE(help.text.find("\n  bootperf baseline " + verb), std::string::npos) << help.text;
  }
}

TEST(Help, tells_the_version) {
  EXPECT_EQ(bootperf({"--version"}).code, 0);
  EXPECT_TRUE(bootperf({"--version"}).text.starts_with("bootperf "));
  for (const char *asked : {"-V", "version"}) {
    EXPECT_EQ(bootperf({asked}).code, 0) << asked;
    EXPECT_EQ(bootperf({asked}).text, bootperf({"--version"}).text) << asked;
  }
}

struct Mistake {
  std::vector<std::string> arguments;
  std::string expected;
};

TEST(Help, of_a_verb_can_be_asked_for_in_words) {
  EXPECT_EQ(bootperf({"help"}).text, bootperf({"--help"}).text);
  EXPECT_EQ(bootperf({"help", "gate"}).code, 0);
  EXPECT_EQ(bootperf({"help", "gate"}).text, bootperf({"gate", "--help"}).text);
  EXPECT_EQ(bootperf({"help", "baseline", "update"}).text,
            bootperf({"baseline", "update", "--help"}).text);
  const Ran unknown = bootperf({"help", "gaet"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.text.find("did you mean gate?"), std::string::npos) << unknown.text;
}

class Mistakes : public testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, exit_2_and_name_what_was_meant) {
  const Ran result = bootperf(GetParam().arguments);
  EXPECT_EQ(result.code, 2) << result.text;
  EXPECT_NE(result.text.find(GetParam().expected), std::string::npos) << result.text;
  EXPECT_EQ(result.text.find('\033'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    All, Mistakes,
    testing::Values(
        Mistake{{}, "bootperf --help"}, Mistake{{"shwo"}, "unknown verb shwo; did you mean show?"},
        Mistake{{"xyzzy"}, "unknown verb xyzzy; `bootperf --help` lists what there is"},
        Mistake{{"show", "x", "--fromat", "json"}, "unknown flag --fromat; did you mean --format?"},
        Mistake{{"run", "--launchs=3"}, "unknown flag --launchs; did you mean --launches?"},
        Mistake{{"--verison"}, "unknown flag --verison; did you mean --version?"},
        Mistake{{"baseline", "udpate"}, "unknown verb udpate; did you mean update?"},
        Mistake{{"baseline", "list", "--threshold", "x"}, "did you mean --thresholds?"},
        Mistake{{"check"}, "SESSION is required"},
        Mistake{{"show", "x", "--format", "xml"}, "xml not in"},
        Mistake{{"run", "--launches", "0"}, "--launches"},
        Mistake{{"run", "--launches", "many"}, "--launches"},
        Mistake{{"run", "--env", "NOVALUE"}, "NAME=VALUE was expected"},
        Mistake{{"doctor", "\033[2J"}, "\\x1b[2J"}));

} // namespace
} // namespace bootperf
