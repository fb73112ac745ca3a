#pragma once

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/files.h"
#include "base/process.h"

namespace bootperf {

namespace fs = std::filesystem;
using nlohmann::json;

inline const std::string bootperf_program = std::string(BOOTPERF_BIN_DIR) + "/bootperf";
inline const std::string shipped = std::string(BOOTPERF_SOURCE_DIR) + "/thresholds";
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

  /// The variables that make launches use a subject; none for what is installed.
  using Subject = std::vector<std::string>;

  static Subject slowed(const std::string &name, const std::string &command,
                        const std::string &before = "udevadm trigger") {
    const std::string copy = path("appliance-" + name);
    if (!fs::exists(copy)) {
      const CommandOutput made =
          run({std::string(BOOTPERF_SOURCE_DIR) + "/ci/slow-appliance", copy, command, before});
      EXPECT_EQ(made.status, 0) << made.text;
    }
    return {"LIBGUESTFS_PATH=" + copy, "LIBGUESTFS_CACHEDIR=" + copy + "/cache"};
  }

  struct Checked {
    int status = -1;
    json report;
  };

  static Checked decide(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--format", "json"});
    const CommandOutput output = bootperf(std::move(arguments));
    Checked checked{output.status, json::parse(output.text, nullptr, false)};
    EXPECT_FALSE(checked.report.is_discarded()) << output.text;
    return checked;
  }

  static Checked check(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "check");
    return decide(std::move(arguments));
  }

  /// The comparison of launches that were made before: one session of both subjects, or two.
  static Checked again(const std::vector<std::string> &sessions) {
    std::vector<std::string> arguments = {"compare", "--thresholds", shipped, "--recorded"};
    arguments.insert(arguments.end(), sessions.begin(), sessions.end());
    return decide(std::move(arguments));
  }

  static json scenario(const json &report, const std::string &name) {
    for (const json &each : report.at("checks"))
      if (each.at("scenario") == name)
        return each;
    ADD_FAILURE() << "no check of " << name << " in " << report.dump(1);
    return json{{"verdict", ""}, {"advisory", false}, {"launches", 0}, {"phases", json::array()}};
  }

  /// What a check says of the phase whose id ends like this.
  static json phase(const json &check, const std::string &end) {
    for (const json &each : check.at("phases"))
      if (each.at("phase").get<std::string>().ends_with(" > " + end))
        return each;
    ADD_FAILURE() << "no phase " << end << " in " << check.dump(1);
    return json{{"verdict", ""}};
  }

  /// One subject of a comparison's session as a session of its own, with the launches of other
  /// sessions beside them.
  static std::string side(const std::string &comparison, const std::string &subject,
                          const std::vector<std::string> &beside = {}) {
    json session = read_json(comparison);
    std::vector<json> others;
    for (const std::string &file : beside)
      others.push_back(read_json(file));
    session.erase("comparison");
    for (const char *part : {"scenarios", "launches"}) {
      json kept = json::array();
      for (json each : session.at(part))
        if (each.value("subject", "") == subject)
          kept.push_back(std::move(each));
      for (const json &other : others)
        for (const json &each : other.at(part))
          kept.push_back(each);
      for (json &each : kept)
        each["subject"] = "head";
      session[part] = std::move(kept);
    }
    // Base and head are two sessions from here on.
    session["id"] = session.at("id").get<std::string>() + "-" + subject;
    const std::string file = comparison + "." + subject;
    EXPECT_TRUE(replace_file(file, session.dump()));
    return file;
  }

  static json read_json(const std::string &file) {
    return json::parse(read_file(file, 1u << 26).value_or("{}"), nullptr, false);
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
