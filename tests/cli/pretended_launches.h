#pragma once

// The real bootperf, with launches that are only pretended.

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bootperf_program.h"

namespace bootperf {

/// A copy of bootperf beside a boot_benchmarks that only pretends: it says what it was asked for
/// and leaves the next of the sessions 1, 2, … where the session is wanted.
class Launching : public InDirectory {
protected:
  Launching() {
    std::filesystem::copy_file(std::string(BOOTPERF_BIN_DIR) + "/bootperf", file("bootperf"));
    std::filesystem::create_directory(file("t"));
    write("t/policy.yaml", "launches: {wall: 10, counted: 2, counted_most: 3}\n"
                           "gates:\n"
                           "  wall: []\n"
                           "  instructions:\n"
                           "    - {phase: launch, tolerance: 5 %}\n");
  }

  void pretend(const std::string &script) const {
    write("boot_benchmarks", "#!/bin/sh\n"
                             "here=$(dirname \"$0\")\n"
                             "for a; do echo \"[$a]\" >&2; case $a in "
                             "--bootperf_session=*) session=${a#*=};; esac; done\n"
                             "leave() { n=$(($(cat \"$here/n\" 2>/dev/null || echo 0) + 1)); "
                             "echo $n > \"$here/n\"; cp \"$here/$n.json\" \"$session\"; }\n" +
                                 script);
    std::filesystem::permissions(file("boot_benchmarks"), std::filesystem::perms::owner_all);
  }

  Ran launch(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), file("bootperf"));
    return ran(arguments);
  }

  Ran gate(std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"gate", "--thresholds", file("t"), "-o", file("gate.json")});
    return launch(more);
  }

  void import(const std::string &name, const std::vector<std::string> &logs,
              const std::string &scenario = "Launch/counted") const {
    std::vector<std::string> arguments = {"import", "-o", file(name), "--scenario", scenario};
    for (const std::string &log : logs)
      arguments.push_back(recording_as_counted(log));
    const Ran imported = bootperf(arguments);
    ASSERT_EQ(imported.code, 0) << imported.text;
  }

  std::string recording_as_counted(const std::string &name) const {
    std::string log = read(recording(name));
    const std::string traced = R"("mode": "traced")";
    log.replace(log.find(traced), traced.size(), R"("mode": "counted")");
    return write(name + ".counted.jsonl", log);
  }
};

} // namespace bootperf
