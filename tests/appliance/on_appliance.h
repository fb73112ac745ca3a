#pragma once

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/command.h"
#include "base/files.h"

namespace bootperf {

namespace fs = std::filesystem;
using nlohmann::json;

inline const std::string bootperf_program = std::string(BOOTPERF_BIN_DIR) + "/bootperf";
inline constexpr std::chrono::minutes launches_limit{20};

inline CommandOutput run(std::vector<std::string> arguments) {
  auto output = run_command(arguments, launches_limit);
  if (!output) {
    ADD_FAILURE() << to_text(output.error());
    return {-1, ""};
  }
  return *output;
}

inline CommandOutput bootperf(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), bootperf_program);
  return run(std::move(arguments));
}

/// A test with a directory of its own, which all tests of its program share, and with copies of the
/// appliance that are slowed on purpose.
class OnAppliance : public testing::Test {
protected:
  static void SetUpTestSuite() {
    directory() = fs::temp_directory_path() / ("bootperf-appliance-" + std::to_string(getpid()));
    fs::create_directories(directory());
  }
  static void TearDownTestSuite() { fs::remove_all(directory()); }

  static fs::path &directory() {
    static fs::path path;
    return path;
  }
  static std::string path(const std::string &name) { return (directory() / name).string(); }

  static std::vector<std::string> slowed(const std::string &name, const std::string &command) {
    const std::string copy = path("appliance-" + name);
    if (!fs::exists(copy)) {
      const CommandOutput made =
          run({std::string(BOOTPERF_SOURCE_DIR) + "/ci/slow-appliance", copy, command});
      EXPECT_EQ(made.status, 0) << made.text;
    }
    return {"LIBGUESTFS_PATH=" + copy, "LIBGUESTFS_CACHEDIR=" + copy + "/cache"};
  }

  // The ids of the phases, and of the places below them, that the report calls regressed.
  static std::vector<std::string> regressed(const json &report) {
    std::vector<std::string> ids;
    for (const json &scenario : report.at("checks"))
      for (const json &phase : scenario.at("phases"))
        if (phase.at("verdict") == "regressed") {
          ids.push_back(phase.at("phase"));
          for (const json &place : phase.at("places"))
            ids.push_back(place.at("phase"));
        }
    return ids;
  }

  static bool any_contains(const std::vector<std::string> &ids, const std::string &part) {
    for (const std::string &id : ids)
      if (id.find(part) != std::string::npos)
        return true;
    return false;
  }
};

} // namespace bootperf
