#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace bootperf {

/// A place inside a JSON document: keys, and indexes as digits.
using JsonPath = std::vector<std::string>;

/// What is wrong with a document that is valid JSON.
struct JsonProblem {
  JsonPath path;
  std::string message;
};

/// Parses JSON strictly: keys that occur twice and nesting deeper than 32 are errors too.
Result<nlohmann::json> parse_json(std::string_view text, const std::string &name);

/// The problem as an error at the line and column where it stands in the text.
Error to_error(const JsonProblem &problem, std::string_view text, const std::string &name);

/// Reads the fields of one JSON object, each once. The first thing that is wrong, here or in any
/// reader that shares the problem, is kept and everything after it is passed over, so that a whole
/// document can be read without a test behind every field.
class JsonFields {
public:
  JsonFields(const nlohmann::json &value, JsonPath path, std::optional<JsonProblem> &problem);

  template <class T>
  void required(const char *key, T &out) {
    read(key, out, true);
  }
  template <class T>
  void optional(const char *key, T &out) {
    read(key, out, false);
  }
  /// The elements of a required array.
  const nlohmann::json &array(const char *key);
  /// A required object.
  const nlohmann::json &object(const char *key);
  JsonPath path_of(const char *key) const;
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

  const nlohmann::json *find(const char *key, bool must);

  const nlohmann::json &object_;
  JsonPath path_;
  std::optional<JsonProblem> &problem_;
  std::set<std::string, std::less<>> known_;
};

} // namespace bootperf
