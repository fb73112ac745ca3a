#pragma once

// What a program expects of a JSON object, field by field, and what is wrong with the one it got.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/strict_json.h"

namespace bootperf {

/// Reads the fields of one JSON object, each once. The first thing that is wrong, here or in any
/// reader that shares the problem, is kept and everything after it is passed over, so that a whole
/// document can be read without a test behind every field.
class JsonFields {
public:
  JsonFields(JsonValue value, std::optional<JsonProblem> &problem);

  template <class T>
  void required(const char *key, T &out) {
    read(key, out, true);
  }
  template <class T>
  void optional(const char *key, T &out) {
    read(key, out, false);
  }
  /// The elements of a required array; none once there is a problem.
  std::vector<JsonValue> array(const char *key);
  /// A required or an optional object; none when it is not there, or once there is a problem.
  std::optional<JsonValue> object(const char *key, bool must = true);
  /// Rejects the object for what its key holds, or for lacking it.
  void reject(const char *key, std::string message);
  /// Rejects keys that nobody asked for.
  void finish();

private:
  void read(const char *key, std::string &out, bool must);
  void read(const char *key, bool &out, bool must);
  void read(const char *key, std::int64_t &out, bool must); ///< ≥ 0
  void read(const char *key, std::uint64_t &out, bool must);
  void read(const char *key, std::vector<std::string> &out, bool must);
  void read(const char *key, std::map<std::string, std::string> &out, bool must);
  template <class T>
  void read(const char *key, std::optional<T> &out, bool must) {
    T value{};
    if (!problem_ && find(key, must)) {
      read(key, value, must);
      out = value;
    }
  }

  std::optional<JsonValue> find(const char *key, bool must);

  JsonValue object_;
  std::optional<JsonProblem> &problem_;
  std::set<std::string, std::less<>> known_;
};

} // namespace bootperf
