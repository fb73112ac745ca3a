#include "capture/counter/argument_edits.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <re2/re2.h>

#include "base/json_fields.h"

namespace bootperf {
namespace {

constexpr std::size_t most_edits = 1'000;

tl::unexpected<Error> changes_nothing(const std::string &what) {
  return fail(ErrorKind::not_measured,
              fmt::format("qemu's command line cannot be changed as asked: {}", what));
}

struct Editor {
  std::vector<std::string> arguments;

  Result<void> operator()(const ReplacedValue &edit) {
    const RE2 pattern(edit.pattern, RE2::Quiet);
    if (!pattern.ok())
      return changes_nothing(
          fmt::format("\"{}\" is no pattern: {}", edit.pattern, pattern.error()));
    if (std::string why; !pattern.CheckRewriteString(edit.text, &why))
      return changes_nothing(fmt::format("\"{}\" cannot take the place of what matches \"{}\": {}",
                                         edit.text, edit.pattern, why));
    bool found = false;
    for (std::size_t i = 1; i < arguments.size(); ++i)
      if (arguments[i - 1] == edit.option && RE2::Replace(&arguments[i], pattern, edit.text)) {
        found = true;
        if (!edit.as.empty())
          arguments[i - 1] = edit.as;
      }
    if (!found && !edit.optional)
      return changes_nothing(
          fmt::format("no {} has a value that matches \"{}\"", edit.option, edit.pattern));
    return {};
  }

  Result<void> operator()(const RemovedArguments &edit) {
    bool found = false;
    while (!edit.arguments.empty()) {
      const auto run = std::ranges::search(arguments, edit.arguments);
      if (run.empty())
        break;
      arguments.erase(run.begin(), run.end());
      found = true;
    }
    if (!found && !edit.optional)
      return changes_nothing(fmt::format("it has no {}", fmt::join(edit.arguments, " ")));
    return {};
  }

  Result<void> operator()(const AddedArguments &edit) {
    arguments.insert(arguments.end(), edit.arguments.begin(), edit.arguments.end());
    return {};
  }
};

struct EditToJson {
  nlohmann::ordered_json operator()(const ReplacedValue &edit) const {
    nlohmann::ordered_json json = {
        {"in", edit.option}, {"replace", edit.pattern}, {"by", edit.text}};
    if (!edit.as.empty())
      json["as"] = edit.as;
    if (edit.optional)
      json["optional"] = true;
    return json;
  }
  nlohmann::ordered_json operator()(const RemovedArguments &edit) const {
    nlohmann::ordered_json json = {{"remove", edit.arguments}};
    if (edit.optional)
      json["optional"] = true;
    return json;
  }
  nlohmann::ordered_json operator()(const AddedArguments &edit) const {
    return {{"add", edit.arguments}};
  }
};

ArgumentEdit read_edit(JsonValue value, std::optional<JsonProblem> &problem) {
  JsonFields fields(value, problem);
  if (value.is_object() && value.find("remove")) {
    RemovedArguments removed;
    fields.required("remove", removed.arguments);
    fields.optional("optional", removed.optional);
    if (removed.arguments.empty())
      fields.reject("remove", "expected at least one argument");
    fields.finish();
    return removed;
  }
  if (value.is_object() && value.find("add")) {
    AddedArguments added;
    fields.required("add", added.arguments);
    if (added.arguments.empty())
      fields.reject("add", "expected at least one argument");
    fields.finish();
    return added;
  }
  ReplacedValue replaced;
  fields.required("in", replaced.option);
  fields.required("replace", replaced.pattern);
  fields.required("by", replaced.text);
  fields.optional("as", replaced.as);
  fields.optional("optional", replaced.optional);
  fields.finish();
  return replaced;
}

} // namespace

Result<std::vector<std::string>> edited_arguments(std::vector<std::string> arguments,
                                                  const std::vector<ArgumentEdit> &edits) {
  Editor editor{std::move(arguments)};
  for (const ArgumentEdit &edit : edits)
    if (const Result<void> made = std::visit(editor, edit); !made)
      return tl::unexpected(made.error());
  return std::move(editor.arguments);
}

std::string edits_text(const std::vector<ArgumentEdit> &edits) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const ArgumentEdit &edit : edits)
    all.push_back(std::visit(EditToJson{}, edit));
  using nlohmann::detail::error_handler_t;
  return nlohmann::ordered_json{{"edits", all}}.dump(1, ' ', false, error_handler_t::replace) +
         '\n';
}

Result<std::vector<ArgumentEdit>> parse_edits(std::string_view json, const std::string &name) {
  const Result<JsonDocument> document = parse_json(json, name);
  if (!document)
    return tl::unexpected(document.error());
  std::optional<JsonProblem> problem;
  std::vector<ArgumentEdit> edits;
  JsonFields fields(document->root(), problem);
  const std::vector<JsonValue> values = fields.array("edits");
  if (values.size() > most_edits)
    fields.reject("edits", fmt::format("expected at most {} edits", most_edits));
  for (const JsonValue value : values) {
    if (problem)
      break;
    edits.push_back(read_edit(value, problem));
  }
  fields.finish();
  if (problem)
    return tl::unexpected(document->error(*problem));
  return edits;
}

} // namespace bootperf
