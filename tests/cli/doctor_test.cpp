#include <gtest/gtest.h>

#include "bootperf_program.h"

namespace bootperf {
namespace {

TEST(Doctor, has_a_line_for_everything_and_a_verdict) {
  const Ran doctor = bootperf({"doctor"});
  EXPECT_TRUE(doctor.code == 0 || doctor.code == 4) << doctor.text;
  for (const char *what : {"libguestfs", "supermin", "kernel", "qemu", "KVM", "accelerator",
                           "counted launches", "CPU", "load"})
    EXPECT_NE(doctor.text.find(what), std::string::npos) << what;
  EXPECT_EQ(doctor.code == 0, doctor.text.find("This machine can measure.") != std::string::npos);
}

TEST(Doctor, notices_a_qemu_that_is_not_there) {
  const Ran doctor = ran({"/usr/bin/env", "LIBGUESTFS_HV=/nowhere/qemu",
                          std::string(BOOTPERF_BIN_DIR) + "/bootperf", "doctor"});
  EXPECT_EQ(doctor.code, 4) << doctor.text;
  EXPECT_NE(doctor.text.find("missing"), std::string::npos);
}

TEST(Doctor, notices_a_worker_that_does_not_start) {
  const Ran doctor = ran({"/usr/bin/env", "BOOTPERF_LAUNCH=/bin/false",
                          std::string(BOOTPERF_BIN_DIR) + "/bootperf", "doctor"});
  EXPECT_EQ(doctor.code, 4) << doctor.text;
}

} // namespace
} // namespace bootperf
