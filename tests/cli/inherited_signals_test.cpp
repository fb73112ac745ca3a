#include <gtest/gtest.h>

#include "bootperf_program.h"

// A caller may leave signals ignored: a shell does so for its background jobs, and many a service.
// Whether a child failed and whether the user asked to stop must not hang on that.

namespace bootperf {
namespace {

class WithIgnoredSignals : public InDirectory {
protected:
  std::string script(const std::string &name, const std::string &body) const {
    const std::string path = write(name, "#!/bin/sh\n" + body);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
  }

  static Ran ignoring(const std::vector<std::string> &command) {
    std::vector<std::string> words = {"/usr/bin/env", "--ignore-signal=CHLD,INT", "LC_ALL=C"};
    words.insert(words.end(), command.begin(), command.end());
    return ran(words);
  }

  /// boot_benchmarks with a worker that only pretends.
  Ran benchmarks(const std::string &worker) const {
    const std::string path =
        script("worker", "for a; do case $a in --log=*) log=${a#--log=};; esac; done\n"
                         "echo '{\"bootlog\": 1, \"mode\": \"quiet\"}' >$log\n" +
                             worker);
    return ignoring({"BOOTPERF_LAUNCH=" + path, std::string(BOOTPERF_BIN_DIR) + "/boot_benchmarks",
                     "--benchmark_filter=Launch/quiet", "--benchmark_repetitions=1",
                     "--bootperf_warmup=0", "--bootperf_session=" + file("s.json")});
  }
};

TEST_F(WithIgnoredSignals, a_failed_worker_is_a_failed_launch) {
  const Ran run = benchmarks("exit 1\n");
  EXPECT_EQ(run.code, 4) << run.text;
  EXPECT_NE(read(file("s.json")).find("the launch worker exited with status 1"), std::string::npos);
}

TEST_F(WithIgnoredSignals, launches_can_be_interrupted) {
  const Ran run = benchmarks("kill -INT $PPID; sleep 100\n");
  EXPECT_EQ(run.code, 130) << run.text;
}

TEST_F(WithIgnoredSignals, the_gate_ends_and_hands_the_exit_code_on) {
  std::filesystem::copy_file(std::string(BOOTPERF_BIN_DIR) + "/bootperf", file("bootperf"));
  std::filesystem::create_directory(file("t"));
  write("t/policy.yaml", "gates: {wall: [], instructions: [{phase: launch, tolerance: 5 %}]}\n");
  script("boot_benchmarks", "exit 130\n");
  const Ran gate =
      ignoring({file("bootperf"), "gate", "--thresholds", file("t"), "-o", file("gate.json")});
  EXPECT_EQ(gate.code, 130) << gate.text;
}

} // namespace
} // namespace bootperf
