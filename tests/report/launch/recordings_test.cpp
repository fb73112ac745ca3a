#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "capture/log/boot_log.h"
#include "phases/rules.h"
#include "report/golden.h"
#include "report/launch/formats.h"
#include "report/launch/longest.h"
#include "report/text/paint.h"
#include "report/trees.h"

namespace bootperf {
namespace {

PhaseTree recorded(const std::string &name) {
  const auto log = read_boot_log(std::string(BOOTPERF_TEST_DATA) + "/bootlogs/" + name + ".jsonl");
  const auto rules = load_rules("");
  EXPECT_TRUE(log.has_value() && rules.has_value());
  return log && rules ? rules->split(*log) : PhaseTree{};
}

class Recordings : public testing::TestWithParam<const char *> {};

TEST_P(Recordings, have_the_timeline_they_had) {
  const std::vector<PhaseTree> trees = {recorded(GetParam())};
  const Launches launches = launches_of_trees(trees, GetParam());
  expect_golden(std::string("recorded-") + GetParam() + ".txt",
                timeline(launches, utf8) + "\n" + longest_text(longest_phases(launches), utf8));
}

TEST_P(Recordings, add_up_to_100_percent) {
  const std::vector<PhaseTree> trees = {recorded(GetParam())};
  const LongestTable table = longest_phases(launches_of_trees(trees, GetParam()));
  ASSERT_FALSE(trees[0].phases.empty());
  EXPECT_EQ(table.total.per_mille, 1000);
  EXPECT_EQ(table.total.ns, static_cast<double>(trees[0].phases[0].wall_ns));
}

INSTANTIATE_TEST_SUITE_P(All, Recordings,
                         testing::Values("traced-1", "traced-2", "traced-3", "verbose", "quiet",
                                         "initcalls", "earlyprintk", "libvirt", "kernel-panic",
                                         "kvm-abort"));

std::size_t widest_line(const std::string &text) {
  std::size_t widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    widest = std::max(widest, columns(line));
  return widest;
}

TEST(RecordingsTogether, fit_a_narrow_terminal) {
  const std::vector<PhaseTree> trees = {recorded("traced-1"), recorded("traced-2")};
  const Launches launches = launches_of_trees(trees, "traced");
  for (const int width : {60, 80, 120}) {
    const TextStyle style{false, true, width};
    const std::string text =
        timeline(launches, style) + "\n" + longest_text(longest_phases(launches), style);
    expect_golden("recorded-traced-" + std::to_string(width) + ".txt", text);
    EXPECT_LE(widest_line(text), static_cast<std::size_t>(width));
    EXPECT_NE(text.find("21.66 s"), std::string::npos) << "no figure is lost:\n" << text;
  }
}

TEST(RecordingsTogether, are_averaged) {
  const std::vector<PhaseTree> trees = {recorded("traced-1"), recorded("traced-2"),
                                        recorded("traced-3")};
  const Launches launches = launches_of_trees(trees, "traced");
  expect_golden("recorded-traced-mean.txt",
                timeline(launches, utf8) + "\n" + longest_text(longest_phases(launches), utf8));
}

} // namespace
} // namespace bootperf
