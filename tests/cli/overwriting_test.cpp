// No session is ever overwritten unasked.

#include <gtest/gtest.h>

#include "bootperf_program.h"
#include "session/session.h"

namespace bootperf {
namespace {

class Overwriting : public InDirectory {
protected:
  /// A program of ours that runs in the directory of the test, so that default names are there.
  Ran here(const std::string &command) const {
    return ran(
        {"/bin/sh", "-c",
         "cd '" + directory_.string() + "' && PATH=" + BOOTPERF_BIN_DIR + ":$PATH && " + command});
  }

  std::string replayed(const std::string &verb, const std::string &more = "") const {
    return "bootperf " + verb + " --mode traced --launches 1 --replay " + recording("traced-1") +
           " " + more;
  }
};

TEST_F(Overwriting, run_twice_leaves_two_sessions) {
  ASSERT_EQ(here(replayed("run")).code, 0);
  const std::string first = read(file("bootperf.run.json"));
  const Ran second = here(replayed("run"));
  EXPECT_EQ(second.code, 0) << second.text;
  EXPECT_NE(second.text.find("session: bootperf.run-2.json"), std::string::npos) << second.text;
  EXPECT_EQ(read(file("bootperf.run.json")), first);
}

TEST_F(Overwriting, each_verb_has_a_name_of_its_own) {
  std::filesystem::create_directory(file("thresholds"));
  write("thresholds/policy.yaml", "gates: {wall: [], instructions: []}\n");
  here(replayed("run"));
  here(replayed("gate", "--no-new-baseline"));
  here("boot_benchmarks --benchmark_filter=traced --benchmark_repetitions=1 --bootperf_replay=" +
       recording("traced-1"));
  for (const char *name : {"bootperf.run.json", "bootperf.gate.json", "bootperf.session.json"})
    EXPECT_TRUE(read_session(file(name))) << name;
}

TEST_F(Overwriting, a_name_that_is_there_is_refused_with_the_way_out) {
  const std::string before = write("s.json", "somebody's");
  for (const std::string &command : std::vector<std::string>{
           replayed("run", "-o s.json"), replayed("gate", "--thresholds t -o s.json"),
           "bootperf compare --thresholds t -o s.json",
           "bootperf import -o s.json " + recording("traced-1"),
           "boot_benchmarks --bootperf_session=s.json --bootperf_replay=" +
               recording("traced-1")}) {
    std::filesystem::create_directories(file("t"));
    write("t/policy.yaml", "gates: {wall: [], instructions: []}\n");
    const Ran refused = here(command);
    EXPECT_EQ(refused.code, 2) << command << refused.text;
    EXPECT_NE(refused.text.find("force"), std::string::npos) << command << refused.text;
    EXPECT_EQ(read(before), "somebody's") << command;
  }
  EXPECT_EQ(here(replayed("run", "-o s.json --force")).code, 0);
  EXPECT_TRUE(read_session(before));
}

TEST_F(Overwriting, an_input_is_never_the_output_even_when_asked) {
  std::filesystem::copy_file(recording("traced-1"), file("g.jsonl"));
  std::filesystem::create_symlink("g.jsonl", file("link"));
  const std::string before = read(file("g.jsonl"));
  for (const char *command :
       {"bootperf run --mode traced --launches 1 --replay g.jsonl -o g.jsonl --force",
        "bootperf run --mode traced --launches 1 --replay g.jsonl -o link --force",
        "bootperf import g.jsonl -o link --force",
        "boot_benchmarks --bootperf_replay=g.jsonl --bootperf_session=link --bootperf_force",
        "boot_benchmarks --bootperf_replay=g.jsonl --benchmark_out=link"}) {
    const Ran refused = here(command);
    EXPECT_EQ(refused.code, 2) << command << refused.text;
    EXPECT_NE(refused.text.find("overwrite"), std::string::npos) << command << refused.text;
    EXPECT_EQ(read(file("g.jsonl")), before) << command;
  }
}

TEST_F(Overwriting, a_summary_is_appended_to_no_input_and_no_session) {
  std::filesystem::create_directory(file("t"));
  write("t/policy.yaml", "gates: {wall: [], instructions: []}\n");
  ASSERT_EQ(bootperf({"import", "-o", file("s.json"), recording("traced-1")}).code, 0);
  std::filesystem::copy_file(file("s.json"), file("other.json"));
  for (const char *summary : {"s.json", "./t/../s.json", "t/policy.yaml", "other.json"}) {
    const std::string before = read(file(summary));
    const Ran refused =
        here(std::string("bootperf check s.json --thresholds t --summary ") + summary);
    EXPECT_EQ(refused.code, 2) << summary << refused.text;
    EXPECT_EQ(read(file(summary)), before) << summary;
  }
  EXPECT_EQ(here(replayed("gate", "--thresholds t -o n.json --summary n.json")).code, 2);
  EXPECT_NE(here("bootperf check s.json --thresholds t --summary report.md").code, 2);
  EXPECT_NE(read(file("report.md")), "");
}

TEST_F(Overwriting, a_set_that_is_merged_again_is_no_overwriting) {
  ASSERT_EQ(bootperf({"import", "-o", file("1.json"), recording("traced-1")}).code, 0);
  ASSERT_EQ(bootperf({"import", "-o", file("2.json"), recording("traced-2")}).code, 0);
  EXPECT_EQ(here("bootperf merge 1.json -o set.json").code, 0);
  EXPECT_EQ(here("bootperf merge set.json 2.json -o set.json").code, 0);
  EXPECT_EQ(here("bootperf merge 2.json -o set.json").code, 2);
}

TEST_F(Overwriting, a_link_that_dangles_stays_a_link) {
  std::filesystem::create_symlink("target.json", file("link.json"));
  ASSERT_EQ(here(replayed("run", "-o link.json")).code, 0);
  EXPECT_TRUE(std::filesystem::is_symlink(file("link.json")));
  EXPECT_TRUE(read_session(file("target.json")));
}

} // namespace
} // namespace bootperf
