#pragma once

// JSON from outside, read strictly and within bounds: what is not understood is refused with its
// place, never passed over, and what a document costs is bounded by its text.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

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

} // namespace bootperf
