#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/process.h"

namespace bootperf {

/// What a run of the program came to: its exit code, and both of its outputs together.
struct Ran {
  int code = -1;
  std::string text;
};

inline Ran ran(const std::vector<std::string> &command) {
  const Result<CommandOutput> output = run_command(command, std::chrono::seconds(60));
  return output ? Ran{output->status, output->text} : Ran{-1, output.error().message};
}

/// Runs the real bootperf, without colour and in ASCII.
inline Ran bootperf(const std::vector<std::string> &arguments) {
  std::vector<std::string> command = {"/usr/bin/env", "LC_ALL=C",
                                      std::string(BOOTPERF_BIN_DIR) + "/bootperf"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return ran(command);
}

/// A recorded boot log of tests/data.
inline std::string recording(const std::string &name) {
  return std::string(BOOTPERF_TEST_DATA) + "/bootlogs/" + name + ".jsonl";
}

/// A test with a directory of its own.
class InDirectory : public testing::Test {
protected:
  InDirectory() {
    std::string path = (std::filesystem::temp_directory_path() / "bootperf-test-XXXXXX").string();
    EXPECT_NE(mkdtemp(path.data()), nullptr);
    directory_ = path;
  }
  ~InDirectory() override {
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
  }

  std::string file(const std::string &name) const { return (directory_ / name).string(); }

  std::string write(const std::string &name, const std::string &content) const {
    std::ofstream(directory_ / name, std::ios::binary) << content;
    return file(name);
  }

  static std::string read(const std::string &path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
  }

  std::filesystem::path directory_;
};

} // namespace bootperf
