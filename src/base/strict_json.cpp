#include "base/strict_json.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace bootperf {
namespace {

constexpr std::size_t max_depth = 32;

Location location(std::string_view text, std::size_t offset, const std::string &name) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t newline = before.rfind('\n');
  const std::size_t column =
      newline == std::string_view::npos ? before.size() + 1 : before.size() - newline;
  return {name, static_cast<int>(line), static_cast<int>(column)};
}

// nlohmann keeps no positions, so they are found again in the text. The walks below see only text
// that it has accepted as JSON.

std::size_t end_of_string(std::string_view text, std::size_t quote) {
  std::size_t at = quote + 1;
  while (at < text.size() && text[at] != '"')
    at += text[at] == '\\' ? 2 : 1;
  return at + 1;
}

struct Level {
  bool object = false;
  bool expects_key = false;
  std::size_t index = 0; ///< of the element, in an array
  std::string key;       ///< of the member, in an object
  std::set<std::string, std::less<>> keys;

  std::string step() const { return object ? key : std::to_string(index); }
};

/// Walks valid JSON and calls visit(levels, offset) at each key and each array element. Stops, and
/// returns the offset, where it says true.
template <class Visit>
std::optional<std::size_t> walk(std::string_view text, Visit visit) {
  std::vector<Level> levels;
  bool element = false; ///< the next value is an array's element
  for (std::size_t at = 0; at < text.size();) {
    const char byte = text[at];
    if (byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r') {
      ++at;
      continue;
    }
    if (element && byte != ']' && byte != ',' && visit(levels, at))
      return at;
    element = false;
    if (byte == '{' || byte == '[') {
      levels.push_back({.object = byte == '{', .expects_key = byte == '{', .key = {}, .keys = {}});
      element = byte == '[';
    } else if (byte == '}' || byte == ']') {
      levels.pop_back();
    } else if (byte == ',') {
      levels.back().expects_key = levels.back().object;
      element = !levels.back().object;
      ++levels.back().index;
    } else if (byte == '"') {
      const std::size_t end = end_of_string(text, at);
      if (!levels.empty() && levels.back().expects_key) {
        levels.back().expects_key = false;
        levels.back().key = text.substr(at + 1, end - at - 2);
        if (visit(levels, at))
          return at;
      }
      at = end;
      continue;
    }
    ++at;
  }
  return std::nullopt;
}

std::optional<std::size_t> find_path(std::string_view text, const JsonPath &path) {
  return walk(text, [&](const std::vector<Level> &levels, std::size_t) {
    return std::ranges::equal(levels, path, {}, &Level::step);
  });
}

std::string shown(const JsonPath &path) {
  return path.empty() ? "/" : "/" + fmt::format("{}", fmt::join(path, "/"));
}

} // namespace

Result<nlohmann::json> parse_json(std::string_view text, const std::string &name) {
  nlohmann::json document;
  try {
    document = nlohmann::json::parse(text);
  } catch (const nlohmann::json::parse_error &error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …"
    const std::string what = error.what();
    const std::size_t colon = what.find(": ");
    return fail(ErrorKind::input,
                "not valid JSON: " + (colon == std::string::npos ? what : what.substr(colon + 2)),
                location(text, error.byte > 0 ? error.byte - 1 : 0, name));
  } catch (const nlohmann::json::exception &error) {
    return fail(ErrorKind::input, std::string("not valid JSON: ") + error.what(), {name});
  }
  std::string wrong;
  const auto bad = walk(text, [&](std::vector<Level> &levels, std::size_t) {
    if (levels.size() > max_depth)
      wrong = fmt::format("nested more than {} levels deep", max_depth);
    else if (levels.back().object && !levels.back().keys.insert(levels.back().key).second)
      wrong = fmt::format("duplicate key \"{}\"", levels.back().key);
    return !wrong.empty();
  });
  if (bad)
    return fail(ErrorKind::input, wrong, location(text, *bad, name));
  return document;
}

Error to_error(const JsonProblem &problem, std::string_view text, const std::string &name) {
  JsonPath path = problem.path;
  std::optional<std::size_t> at = find_path(text, path);
  while (!at && !path.empty()) { // a key that is missing stands where its object stands
    path.pop_back();
    at = find_path(text, path);
  }
  return {ErrorKind::input, fmt::format("{}: {}", shown(problem.path), problem.message),
          location(text, at.value_or(0), name)};
}

JsonFields::JsonFields(const nlohmann::json &value, JsonPath path,
                       std::optional<JsonProblem> &problem)
    : object_(value), path_(std::move(path)), problem_(problem) {
  if (!problem_ && !object_.is_object())
    problem_ = JsonProblem{path_, "expected an object"};
}

JsonPath JsonFields::path_of(const char *key) const {
  JsonPath path = path_;
  path.emplace_back(key);
  return path;
}

void JsonFields::reject(const char *key, std::string message) {
  if (!problem_)
    problem_ = JsonProblem{path_of(key), std::move(message)};
}

const nlohmann::json *JsonFields::find(const char *key, bool must) {
  known_.insert(key);
  if (problem_)
    return nullptr;
  const auto found = object_.find(key);
  if (found != object_.end())
    return &*found;
  if (must)
    reject(key, "missing");
  return nullptr;
}

void JsonFields::read(const char *key, std::string &out, bool must) {
  if (const nlohmann::json *value = find(key, must)) {
    if (value->is_string())
      out = value->get<std::string>();
    else
      reject(key, "expected a string");
  }
}

void JsonFields::read(const char *key, bool &out, bool must) {
  if (const nlohmann::json *value = find(key, must)) {
    if (value->is_boolean())
      out = value->get<bool>();
    else
      reject(key, "expected true or false");
  }
}

void JsonFields::read(const char *key, std::uint64_t &out, bool must) {
  if (const nlohmann::json *value = find(key, must)) {
    if (value->is_number_unsigned())
      out = value->get<std::uint64_t>();
    else
      reject(key, "expected a whole number of 0 or more, below 2^64");
  }
}

void JsonFields::read(const char *key, std::int64_t &out, bool must) {
  if (const nlohmann::json *value = find(key, must)) {
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= most)
      out = value->get<std::int64_t>();
    else
      reject(key, "expected a whole number of 0 or more, below 2^63");
  }
}

void JsonFields::read(const char *key, std::vector<std::string> &out, bool must) {
  const nlohmann::json *value = find(key, must);
  if (!value)
    return;
  if (!value->is_array() ||
      !std::ranges::all_of(*value, [](const nlohmann::json &each) { return each.is_string(); }))
    return reject(key, "expected an array of strings");
  out = value->get<std::vector<std::string>>();
}

void JsonFields::read(const char *key, std::map<std::string, std::string> &out, bool must) {
  const nlohmann::json *value = find(key, must);
  if (!value)
    return;
  if (!value->is_object() ||
      !std::ranges::all_of(*value, [](const nlohmann::json &each) { return each.is_string(); }))
    return reject(key, "expected an object of strings");
  out = value->get<std::map<std::string, std::string>>();
}

const nlohmann::json &JsonFields::object(const char *key) {
  static const nlohmann::json none = nlohmann::json::object();
  const nlohmann::json *value = find(key, true);
  if (!value)
    return none;
  if (!value->is_object()) {
    reject(key, "expected an object");
    return none;
  }
  return *value;
}

const nlohmann::json &JsonFields::array(const char *key) {
  static const nlohmann::json none = nlohmann::json::array();
  const nlohmann::json *value = find(key, true);
  if (!value)
    return none;
  if (!value->is_array()) {
    reject(key, "expected an array");
    return none;
  }
  return *value;
}

void JsonFields::finish() {
  if (problem_)
    return;
  for (const auto &[key, value] : object_.items())
    if (!known_.contains(key)) {
      problem_ = JsonProblem{path_of(key.c_str()), fmt::format("unknown key; expected one of {}",
                                                               fmt::join(known_, ", "))};
      return;
    }
}

} // namespace bootperf
