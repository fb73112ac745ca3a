// A gate of which work regressed names the functions, and its verdict stands whatever becomes of
// that.

#include <gtest/gtest.h>

#include "base/gzip.h"
#include "pretended_launches.h"
#include "session/session.h"

namespace bootperf {
namespace {

/// A gate of which work regressed: two launches that each take a tenth more than the baseline's.
class RegressedGate : public Launching {
protected:
  RegressedGate() {
    write("t/policy.yaml", "alpha: 0.5\n"
                           "launches: {wall: 10, counted: 2, counted_most: 2}\n"
                           "gates:\n"
                           "  wall: []\n"
                           "  instructions:\n"
                           "    - {phase: launch, tolerance: 1 %}\n");
    import("before.json", {"traced-1", "traced-2", "traced-3"});
    import("slow.json", {"traced-1", "traced-2"});
    slow = *read_session(file("slow.json"));
    slow.id = "20261128T110000Z-00000001";
    for (Launch &launch : slow.launches) {
      *launch.instructions += *launch.instructions / 10;
      for (Phase &phase : launch.phases.phases)
        if (phase.instructions)
          *phase.instructions += *phase.instructions / 10;
    }
    EXPECT_TRUE(write_session(file("1.json"), slow));
    pretend("leave\n");
    EXPECT_EQ(bootperf({"baseline", "update", file("before.json"), "--thresholds", file("t")}).code,
              0);
  }

  /// A recorded profile of the baseline's class.
  std::string profile(const std::string &name) const {
    std::string environment = "\"mode\": \"counted\"";
    for (const auto &[key, value] : slow.scenarios.at(0).keys)
      environment += ", \"" + key + "\": \"" + value + "\"";
    return write(name,
                 "{\"bootperf_profile\": 1, \"environment\": {" + environment +
                     "}, \"phases\": [\"run > launch > qemu\"], \"functions\": "
                     "[[\"vmlinux\",\"memset\"]], \"launches\": [{\"instructions\": 2577000000, "
                     "\"rows\": [[0,0,2577000000,0,10]]}]}\n");
  }

  std::string commit_profile() const {
    const Ran committed =
        bootperf({"baseline", "profile", profile("p.json"), "--thresholds", file("t")});
    EXPECT_EQ(committed.code, 0) << committed.text;
    return committed.text;
  }

  Session slow;
};

TEST_F(RegressedGate, says_how_functions_would_be_named) {
  const Ran gated = gate();
  EXPECT_EQ(gated.code, 1) << gated.text;
  EXPECT_NE(gated.text.find("\n  which functions is not known: no profile is committed"),
            std::string::npos)
      << gated.text;
}

TEST_F(RegressedGate, stays_regressed_when_head_cannot_be_profiled) {
  commit_profile();
  const Ran gated = gate(); // there is no worker beside this copy of bootperf
  EXPECT_EQ(gated.code, 1) << gated.text;
  EXPECT_NE(gated.text.find("\n  which functions is not known: no profile of head: "),
            std::string::npos)
      << gated.text;
  EXPECT_NE(gated.text.find("` tries again\n"), std::string::npos) << gated.text;
}

TEST_F(RegressedGate, launches_no_more_where_that_is_not_wanted) {
  commit_profile();
  for (const char *flag : {"--no-profile", "--bisect"}) {
    write("n", "0");
    std::filesystem::remove(file("gate.json"));
    const Ran gated = gate({flag});
    EXPECT_EQ(gated.code, 1) << gated.text;
    EXPECT_NE(gated.text.find("which functions: `bootperf profile --diff "), std::string::npos)
        << gated.text;
  }
}

TEST_F(RegressedGate, has_its_profile_beside_the_baseline) {
  const std::string said = commit_profile();
  EXPECT_NE(
      said.find(
          ".profile.json: 1 kB, 2.577 G instructions, 100.0 % of them by name, in 1 function\n"),
      std::string::npos)
      << said;
  EXPECT_EQ(said.find("WARNING"), std::string::npos) << said;
  const auto baselines = std::filesystem::directory_iterator(file("t"));
  int profiles = 0;
  for (const auto &entry : baselines)
    if (entry.path().string().ends_with(".profile.json")) {
      ++profiles;
      std::string baseline = entry.path().string();
      baseline.replace(baseline.rfind(".profile.json"), std::string::npos, ".instructions.yaml");
      EXPECT_TRUE(std::filesystem::exists(baseline));
    }
  EXPECT_EQ(profiles, 1);
}

TEST_F(RegressedGate, names_no_function_by_a_profile_of_another_build) {
  std::string text = read(profile("p.json"));
  for (auto at = text.find("2577"); at != std::string::npos; at = text.find("2577", at))
    text.replace(at, 4, "2500");
  const Ran committed =
      bootperf({"baseline", "profile", write("p.json", text), "--thresholds", file("t")});
  EXPECT_NE(committed.text.find("WARNING: its launch is 3.0 % off the baseline's"),
            std::string::npos)
      << committed.text;
  const Ran gated = gate();
  EXPECT_EQ(gated.code, 1) << gated.text;
  EXPECT_NE(gated.text.find("the profile that is committed is of another build"), std::string::npos)
      << gated.text;
}

TEST_F(RegressedGate, takes_no_profile_of_a_class_without_a_baseline) {
  std::string text = read(profile("p.json"));
  const std::string kernel = "\"kernel\": \"";
  text.insert(text.find(kernel) + kernel.size(), "9.");
  const Ran refused =
      bootperf({"baseline", "profile", write("p.json", text), "--thresholds", file("t")});
  EXPECT_EQ(refused.code, 2) << refused.text;
  EXPECT_NE(refused.text.find("differs in kernel: "), std::string::npos) << refused.text;
}

TEST_F(RegressedGate, is_told_with_its_functions_from_the_profile_that_was_kept) {
  commit_profile();
  std::string head = read(profile("head.json"));
  head.replace(head.find("\"mode\""), 0, "\"session\": \"" + slow.id + "\", ");
  for (auto at = head.find("2577"); at != std::string::npos; at = head.find("2577", at))
    head.replace(at, 4, "2840");
  std::filesystem::create_directory(file("1.profiles"));
  ASSERT_TRUE(write_packed_file(file("1.profiles/head.json.gz"), head));
  const Ran checked = bootperf({"check", file("1.json"), "--thresholds", file("t")});
  EXPECT_EQ(checked.code, 1) << checked.text;
  EXPECT_NE(checked.text.find("\n  qemu +263.0 M: memset +263.0 M (vmlinux)\n"), std::string::npos)
      << checked.text;
  EXPECT_NE(checked.text.find("263.0 M of them in memset (vmlinux); "), std::string::npos)
      << checked.text;
}

} // namespace
} // namespace bootperf
