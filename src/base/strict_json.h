#pragma once

// JSON from outside, read strictly and within bounds: what is not understood is refused with its
// place, never passed over, and what a document costs is bounded by its text.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bootperf {

struct JsonTree;

/// One value of a JsonDocument, to be passed by value; as good as the document.
class JsonValue {
public:
  enum class Kind : std::uint8_t { null, boolean, whole, negative, real, string, array, object };

  Kind kind() const;
  bool is_object() const { return kind() == Kind::object; }
  bool is_array() const { return kind() == Kind::array; }
  bool is_string() const { return kind() == Kind::string; }

  bool boolean() const;          ///< of a boolean
  std::uint64_t whole() const;   ///< of a whole number from 0 to 2^64 − 1
  double number() const;         ///< of any number
  std::string_view text() const; ///< of a string, without escapes
  std::string_view key() const;  ///< of an object's member

  /// How many elements or members it has.
  std::size_t size() const;
  std::optional<JsonValue> find(std::string_view key) const;

  /// Its elements or members, in their order.
  class Iterator {
  public:
    JsonValue operator*() const;
    Iterator &operator++();
    bool operator==(const Iterator &) const = default;

  private:
    friend class JsonValue;
    Iterator(const JsonTree *tree, std::uint32_t index) : tree_(tree), index_(index) {}
    const JsonTree *tree_;
    std::uint32_t index_;
  };
  Iterator begin() const;
  Iterator end() const;

private:
  friend class JsonDocument;
  JsonValue(const JsonTree *tree, std::uint32_t index) : tree_(tree), index_(index) {}
  const JsonTree *tree_;
  std::uint32_t index_;
};

/// What is wrong with a document that is valid JSON.
struct JsonProblem {
  JsonValue at;
  std::string key = {}; ///< of a member that `at` lacks, or empty
  std::string message;
};

/// A JSON text taken apart. A value costs 32 bytes whatever it is, a string only what an escape in
/// it makes necessary.
class JsonDocument {
public:
  JsonDocument(JsonDocument &&) noexcept;
  JsonDocument &operator=(JsonDocument &&) noexcept;
  ~JsonDocument();

  JsonValue root() const;
  /// The problem as an error at the line and column where it stands in the text.
  Error error(const JsonProblem &problem) const;

private:
  friend Result<JsonDocument> parse_json(std::string_view text, const std::string &name);
  explicit JsonDocument(std::unique_ptr<JsonTree> tree);
  std::unique_ptr<JsonTree> tree_;
};

/// Parses JSON strictly: NUL bytes, keys that occur twice, numbers that no double can hold, nesting
/// deeper than 32 and more than 16 million values are input errors, too, found while it is read.
/// The text has to outlive the document.
Result<JsonDocument> parse_json(std::string_view text, const std::string &name);

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
