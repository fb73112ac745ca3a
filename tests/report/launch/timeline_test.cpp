#include "report/launch/formats.h"

#include <gtest/gtest.h>

#include "report/golden.h"
#include "report/trees.h"

namespace bootperf {
namespace {

constexpr TextStyle ascii{false, false, 0};
constexpr TextStyle colourful{true, true, 0};

TEST(Timeline, draws_one_launch) {
  const std::vector<PhaseTree> trees = {small_launch()};
  expect_golden("small.txt", timeline(launches_of_trees(trees, "small"), utf8));
}

TEST(Timeline, averages_several_launches) {
  const std::vector<PhaseTree> trees = {small_launch(), small_launch(40), small_launch(-40)};
  const std::string text = timeline(launches_of_trees(trees, "small"), utf8);
  expect_golden("small-mean.txt", text);
  EXPECT_NE(text.find("mean of 3 launches"), std::string::npos);
  EXPECT_NE(text.find("1.00 s ± 40.0 ms"), std::string::npos);
}

TEST(Timeline, is_ascii_where_the_locale_is) {
  const std::vector<PhaseTree> trees = {small_launch(), small_launch(10)};
  const std::string text = timeline(launches_of_trees(trees, "small"), ascii);
  expect_golden("small-ascii.txt", text);
  for (const char byte : text)
    EXPECT_LT(static_cast<unsigned char>(byte), 0x80);
}

TEST(Timeline, has_colour_only_when_asked) {
  const std::vector<PhaseTree> trees = {small_launch()};
  const Launches launches = launches_of_trees(trees, "small");
  EXPECT_NE(timeline(launches, colourful).find('\033'), std::string::npos);
  EXPECT_EQ(timeline(launches, utf8).find('\033'), std::string::npos);
}

TEST(Timeline, folds_repeats_and_names_the_longest) {
  const std::vector<PhaseTree> trees = {small_launch()};
  const std::string text = timeline(launches_of_trees(trees, "small"), utf8);
  EXPECT_NE(text.find("insmod × 2"), std::string::npos);
  EXPECT_NE(text.find("longest insmod virtio_net 60.0 ms"), std::string::npos);
  EXPECT_EQ(text.find("crc32"), std::string::npos);
}

TEST(Timeline, says_in_how_many_launches_a_phase_is) {
  PhaseTree without = small_launch();
  std::erase_if(without.phases, [](const Phase &phase) { return phase.name == "shutdown"; });
  without.not_measured = {"run > shutdown"};
  const std::vector<PhaseTree> trees = {small_launch(), without};
  const std::string text = timeline(launches_of_trees(trees, "small"), utf8);
  EXPECT_NE(text.find("10.0 %  n=1"), std::string::npos) << text;
  EXPECT_NE(text.find("not measured: shutdown (in 1 of 2 launches)"), std::string::npos) << text;
}

TEST(Timeline, has_no_number_for_a_phase_that_was_passed_through) {
  PhaseTree tree = small_launch();
  for (Phase &phase : tree.phases)
    if (phase.name == "shutdown") {
      phase.clock = TimeSource::none;
      phase.start_ns = phase.wall_ns = phase.self_ns = 0;
    }
  const std::vector<PhaseTree> trees = {tree};
  const Launches launches = launches_of_trees(trees, "small");
  EXPECT_TRUE(on_one_clock(launches));
  const std::string text = timeline(launches, utf8);
  const std::size_t at = text.find("shutdown ");
  ASSERT_NE(at, std::string::npos) << text;
  const std::string line = text.substr(at, text.find('\n', at) - at);
  EXPECT_TRUE(line.ends_with(" passed through")) << line;
  EXPECT_EQ(line.find('%'), std::string::npos) << line;
  const std::vector<Launches> all = {launches};
  EXPECT_NE(launches_csv(all).find("small,run > shutdown,run,0,,,"), std::string::npos)
      << launches_csv(all);
}

TEST(Timeline, draws_a_phase_of_no_length_before_its_parent_ends) {
  const std::vector<PhaseTree> trees = {TreeBuilder()
                                            .add("", "run", 0, 10 * ms)
                                            .add("run", "shutdown", 5 * ms, 5 * ms)
                                            .add("run", "close", 10 * ms, 0)
                                            .tree()};
  const std::string text = timeline(launches_of_trees(trees, "x"), ascii);
  EXPECT_NE(text.find("10.0 ms  | ^    close"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("10.0 ms  v\n")) << text;
}

TEST(Timeline, says_once_what_is_not_measured) {
  PhaseTree tree = small_launch();
  tree.not_measured = {"run > launch > firmware", "run > launch > firmware > seabios"};
  const std::vector<PhaseTree> trees = {tree};
  const std::string text = timeline(launches_of_trees(trees, "x"), ascii);
  EXPECT_NE(text.find("not measured: firmware\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("not measured: firmware > seabios"), std::string::npos) << text;
}

TEST(Timeline, shows_how_far_a_failed_launch_got) {
  const std::vector<PhaseTree> trees = {TreeBuilder()
                                            .add("", "run", 0, 100 * ms)
                                            .unfinished()
                                            .add("run", "launch", 0, 100 * ms)
                                            .unfinished()
                                            .tree()};
  Launches launches = launches_of_trees(trees, "hang");
  launches.failed = {{"launch 1",
                      "run > launch > qemu > kernel > /init",
                      "no answer in 5 min",
                      {"+ udevadm settle"}}};
  const std::string text = timeline(launches, utf8);
  EXPECT_NE(text.find("unfinished"), std::string::npos);
  EXPECT_NE(text.find("failed: launch 1, in /init: no answer in 5 min\n  │ + udevadm settle"),
            std::string::npos)
      << text;
}

TEST(Timeline, of_no_launch_says_so) {
  EXPECT_EQ(timeline(launches_of_trees({}, "empty"), utf8), "empty: no launch to show\n");
}

TEST(Timeline, lets_nothing_through_from_outside) {
  const std::string evil = "\033[2Jevil\n::error::x ##[add-mask]y\xff";
  PhaseTree tree = TreeBuilder().add("", "run", 0, 10 * ms).add("run", evil, 0, 5 * ms).tree();
  tree.not_measured = {evil};
  const std::vector<PhaseTree> trees = {tree};
  Launches launches = launches_of_trees(trees, evil);
  launches.failed = {{evil, evil, evil, {evil, "::set-output name=x::y"}}};
  const std::string text = timeline(launches, utf8);
  EXPECT_EQ(text.find('\033'), std::string::npos);
  EXPECT_EQ(text.find("\n::"), std::string::npos);
  EXPECT_EQ(text.find("##["), std::string::npos);
  EXPECT_EQ(text.find('\xff'), std::string::npos);
  expect_golden("hostile.txt", text);
}

TEST(Timeline, keeps_to_the_width_of_the_terminal) {
  const std::vector<PhaseTree> trees = {small_launch()};
  const TextStyle narrow{false, false, 60};
  const std::string text = timeline(launches_of_trees(trees, std::string(200, 'x')), narrow);
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = text.find('\n', start);
    EXPECT_LE(end - start, 60U);
    start = end + 1;
  }
}

TEST(Timeline, gives_the_advice_of_appliances_to_appliances_alone) {
  Launches launches;
  launches.failed = {{"launch 1", "run", "qemu died: after the line: x", {}}};
  EXPECT_NE(launch_notes(launches, utf8).find("remedy: "), std::string::npos);
  launches.failed.front().backend = "guest";
  EXPECT_EQ(launch_notes(launches, utf8).find("remedy: "), std::string::npos);
}

} // namespace
} // namespace bootperf
