#pragma once

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "base/files.h"

namespace bootperf {

/// Compares with tests/report/goldens/NAME. BOOTPERF_UPDATE_GOLDENS=1 writes the file instead.
inline void expect_golden(const std::string &name, const std::string &text) {
  const std::string path = std::string(BOOTPERF_SOURCE_DIR) + "/tests/report/goldens/" + name;
  if (std::getenv("BOOTPERF_UPDATE_GOLDENS") != nullptr) {
    ASSERT_TRUE(replace_file(path, text).has_value()) << path;
    return;
  }
  const auto golden = read_file(path);
  ASSERT_TRUE(golden.has_value()) << to_text(golden.error());
  EXPECT_EQ(*golden, text) << "when this is intended: BOOTPERF_UPDATE_GOLDENS=1 report_test";
}

} // namespace bootperf
