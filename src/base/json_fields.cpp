#include "base/json_fields.h"

#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bootperf {

namespace {

bool holds_strings(JsonValue container) {
  for (const JsonValue each : container)
    if (!each.is_string())
      return false;
  return true;
}

} // namespace

JsonFields::JsonFields(JsonValue value, std::optional<JsonProblem> &problem)
    : object_(value), problem_(problem) {
  if (!problem_ && !object_.is_object())
    problem_ = JsonProblem{object_, {}, "expected an object"};
}

void JsonFields::reject(const char *key, std::string message) {
  if (problem_)
    return;
  if (const auto member = object_.is_object() ? object_.find(key) : std::nullopt)
    problem_ = JsonProblem{*member, {}, std::move(message)};
  else
    problem_ = JsonProblem{object_, key, std::move(message)};
}

std::optional<JsonValue> JsonFields::find(const char *key, bool must) {
  known_.insert(key);
  if (problem_)
    return std::nullopt;
  const std::optional<JsonValue> found = object_.find(key);
  if (!found && must)
    reject(key, "missing");
  return found;
}

void JsonFields::read(const char *key, std::string &out, bool must) {
  if (const auto value = find(key, must)) {
    if (value->is_string())
      out = value->text();
    else
      reject(key, "expected a string");
  }
}

void JsonFields::read(const char *key, bool &out, bool must) {
  if (const auto value = find(key, must)) {
    if (value->kind() == JsonValue::Kind::boolean)
      out = value->boolean();
    else
      reject(key, "expected true or false");
  }
}

void JsonFields::read(const char *key, std::uint64_t &out, bool must) {
  if (const auto value = find(key, must)) {
    if (value->kind() == JsonValue::Kind::whole)
      out = value->whole();
    else
      reject(key, "expected a whole number of 0 or more, below 2^64");
  }
}

void JsonFields::read(const char *key, std::int64_t &out, bool must) {
  if (const auto value = find(key, must)) {
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value->kind() == JsonValue::Kind::whole && value->whole() <= most)
      out = static_cast<std::int64_t>(value->whole());
    else
      reject(key, "expected a whole number of 0 or more, below 2^63");
  }
}

void JsonFields::read(const char *key, std::vector<std::string> &out, bool must) {
  const auto value = find(key, must);
  if (!value)
    return;
  if (!value->is_array() || !holds_strings(*value))
    return reject(key, "expected an array of strings");
  out.clear();
  for (const JsonValue each : *value)
    out.emplace_back(each.text());
}

void JsonFields::read(const char *key, std::map<std::string, std::string> &out, bool must) {
  const auto value = find(key, must);
  if (!value)
    return;
  if (!value->is_object() || !holds_strings(*value))
    return reject(key, "expected an object of strings");
  out.clear();
  for (const JsonValue each : *value)
    out.emplace(each.key(), each.text());
}

std::optional<JsonValue> JsonFields::object(const char *key, bool must) {
  const auto value = find(key, must);
  if (!value || value->is_object())
    return value;
  reject(key, "expected an object");
  return std::nullopt;
}

std::vector<JsonValue> JsonFields::array(const char *key) {
  const auto value = find(key, true);
  if (!value)
    return {};
  if (!value->is_array()) {
    reject(key, "expected an array");
    return {};
  }
  std::vector<JsonValue> elements;
  elements.reserve(value->size());
  for (const JsonValue each : *value)
    elements.push_back(each);
  return elements;
}

void JsonFields::finish() {
  if (problem_)
    return;
  for (const JsonValue member : object_)
    if (!known_.contains(member.key())) {
      problem_ = JsonProblem{
          member, {}, fmt::format("unknown key; expected one of {}", fmt::join(known_, ", "))};
      return;
    }
}

} // namespace bootperf
