// `sleep 3` in the appliance's /init, recorded on the real thing (ci/slow-appliance): wall time
// finds it and calls it waiting, guest instructions do not find it.
#include <gtest/gtest.h>

#include "bootperf_program.h"

namespace bootperf {
namespace {

class SleepOfThreeSeconds : public InDirectory {
protected:
  SleepOfThreeSeconds() {
    std::filesystem::create_directory(file("t"));
    std::filesystem::copy_file(BOOTPERF_SOURCE_DIR "/thresholds/policy.yaml",
                               file("t/policy.yaml"));
    const Ran made = bootperf({"baseline", "update", sessions + "traced-idle/01.json.gz",
                               sessions + "counted/04.json.gz", "--thresholds", file("t")});
    EXPECT_EQ(made.code, 0) << made.text;
  }

  Ran check() const {
    return bootperf(
        {"check", sessions + "sleep-3.json.gz", "--thresholds", file("t"), "--same-session"});
  }

  const std::string sessions = std::string(BOOTPERF_TEST_DATA) + "/sessions/";
};

TEST_F(SleepOfThreeSeconds, is_found_by_wall_time_and_called_waiting) {
  const Ran checked = check();
  EXPECT_EQ(checked.code, 1);
  EXPECT_NE(checked.text.find("regressed: /init > udev-overhead +"), std::string::npos)
      << checked.text;
  const std::string found = checked.text.substr(checked.text.find("regressed: /init"));
  EXPECT_NE(found.substr(0, found.find('\n')).find("waiting, not work"), std::string::npos)
      << checked.text;
}

TEST_F(SleepOfThreeSeconds, is_not_found_by_counts) {
  const Ran checked = check();
  const std::string counted = "Launch/counted, instructions: ";
  ASSERT_NE(checked.text.find(counted), std::string::npos) << checked.text;
  EXPECT_EQ(checked.text.find(counted + "regressed"), std::string::npos) << checked.text;
  EXPECT_EQ(checked.text.find(counted + "not measured"), std::string::npos) << checked.text;
}

} // namespace
} // namespace bootperf
