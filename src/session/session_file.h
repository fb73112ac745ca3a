#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"

namespace bootperf {

/// The name that a session is written under. A session costs minutes of launches, so it never takes
/// the place of a file that nobody asked to replace, and two programs never write into one.

/// What becomes of a file that is there already.
enum class Existing {
  refused,
  replaced, ///< --force, or its launches are gone on with
};

/// That what is launched from, or read, is not written over: a usage error when the output is one
/// of these files. Empty names are none.
Result<void> refuse_inputs(const std::filesystem::path &output,
                           const std::vector<std::filesystem::path> &inputs);

/// A name that was taken, until this goes.
class SessionFile {
public:
  /// A usage error when there is a file and it is refused (an empty one is none: mktemp makes it),
  /// or when another process has taken the name; one that this process's parent has taken is free
  /// for it. What is no regular file (/dev/stdout, a pipe) is not taken, only written to.
  /// The flag that replaces it is for the message.
  static Result<SessionFile> take(const std::string &path, Existing existing,
                                  const std::string &force = "--force");

  /// Takes the first of NAME.json, NAME-2.json, … that is free.
  static Result<SessionFile> take_free(const std::string &path);

  /// Takes the name that was asked for; when none was (""), the first free one of the standard
  /// name.
  static Result<SessionFile> take_or_free(const std::string &asked, const std::string &standard,
                                          Existing existing, const std::string &force = "--force");

  const std::string &path() const { return path_; }

  SessionFile(SessionFile &&) = default;
  SessionFile &operator=(SessionFile &&) = delete;
  ~SessionFile();

private:
  explicit SessionFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
  std::string lock_path_;
  FileDescriptor lock_; ///< none where nothing had to be locked
};

} // namespace bootperf
