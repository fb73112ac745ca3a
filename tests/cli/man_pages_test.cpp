#include "cli/documentation.h"

#include <gtest/gtest.h>

#include "../report/golden.h"
#include "example_program.h"

namespace bootperf {
namespace {

std::vector<ManPage> pages() {
  return man_pages(command_model(*example_program()), "egg 1.0");
}

TEST(ManPage, there_is_one_for_each_verb) {
  std::vector<std::string> files;
  for (const ManPage &page : pages())
    files.push_back(page.file);
  EXPECT_EQ(files,
            (std::vector<std::string>{"egg.1", "egg-boil.1", "egg-timer.1", "egg-timer-set.1"}));
}

TEST(ManPage, of_a_verb) {
  expect_golden("egg-boil.1", pages()[1].text);
}

TEST(ManPage, escapes_what_roff_would_read) {
  const std::string page = pages()[1].text;
  EXPECT_NE(page.find("water's \\e properties"), std::string::npos) << page;
  EXPECT_NE(page.find("\n\\&.5 g of it"), std::string::npos) << page;
}

} // namespace
} // namespace bootperf
