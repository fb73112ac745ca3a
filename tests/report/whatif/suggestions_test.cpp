#include <gtest/gtest.h>

#include "report/golden.h"
#include "report/whatif/formats.h"

namespace bootperf {
namespace {

Suggestion suggestion_of(const std::string &name, double spent,
                         const std::vector<std::string> &functions) {
  Suggestion suggestion;
  suggestion.lever.name = name;
  suggestion.lever.what = "what " + name + " does";
  suggestion.spent = spent;
  suggestion.functions = functions;
  return suggestion;
}

Suggestions some_suggestions() {
  Suggestions all;
  all.instructions = 2.5e9;
  all.touched = 1e9;
  Suggestion measured = suggestion_of("unsigned-modules", 6e8, {"sha256_update", "mpih_mul"});
  measured.measured = LeverOutcome{};
  measured.measured->effect = LeverEffect::saves;
  measured.measured->work = PhaseVerdict{};
  measured.measured->work->ratio = 0.747;
  all.suggestions = {measured, suggestion_of("no-lvm", 3e8, {"execute_command"}),
                     suggestion_of("quiet", 1e7, {})};
  return all;
}

TEST(SuggestionsText, says_what_to_fix_first) {
  expect_golden("suggestions.txt", suggestions_text(some_suggestions(), "", {false, true, 80}));
}

TEST(SuggestionsText, asks_for_no_measurement_where_all_was_measured) {
  Suggestions all = some_suggestions();
  all.suggestions.resize(1);
  EXPECT_EQ(suggestions_text(all, "", {}).find("bootperf what-if"), std::string::npos);
}

TEST(SuggestionsText, shows_ten) {
  Suggestions all = some_suggestions();
  for (int i = 0; i < 20; ++i)
    all.suggestions.push_back(suggestion_of("more-" + std::to_string(i), 1e6, {}));
  const std::string text = suggestions_text(all, "", {});
  EXPECT_NE(text.find("more-6"), std::string::npos) << text;
  EXPECT_EQ(text.find("more-7"), std::string::npos) << text;
}

TEST(SuggestionsText, of_none_says_so) {
  EXPECT_TRUE(suggestions_text({}, "", {}).starts_with("No lever touches anything"))
      << suggestions_text({}, "", {});
}

TEST(SuggestionsText, does_nothing_to_a_terminal) {
  Suggestions all = some_suggestions();
  for (Suggestion &suggestion : all.suggestions) {
    suggestion.lever.name = suggestion.lever.what = "\x1b[2J\n::error::";
    suggestion.functions = {"\x1b]0;x\x07\n::error::"};
  }
  const std::string text = suggestions_text(all, "", {false, true, 0});
  EXPECT_EQ(text.find('\x1b'), std::string::npos) << text;
  EXPECT_EQ(text.find("\n::"), std::string::npos) << text;
}

} // namespace
} // namespace bootperf
