#include "phases/pattern.h"

namespace bootperf {

namespace {

constexpr std::size_t max_pattern_bytes = 4096;

} // namespace

RE2::Options pattern_options() {
  RE2::Options options(RE2::Latin1);
  options.set_log_errors(false);
  return options;
}

Result<std::unique_ptr<const RE2>> compile_pattern(const std::string &pattern,
                                                   const Location &where) {
  auto compiled = std::make_unique<const RE2>(pattern, pattern_options());
  if (!compiled->ok())
    return fail(ErrorKind::input, "expected a regular expression (RE2), but " + compiled->error(),
                where);
  return compiled;
}

Result<std::string> expand_definitions(std::string_view text,
                                       const std::map<std::string, std::string> &definitions,
                                       const Location &where) {
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = text.find("${");
    result += text.substr(0, begin);
    if (begin == std::string_view::npos)
      break;
    const std::size_t end = text.find('}', begin);
    if (end == std::string_view::npos)
      return fail(ErrorKind::input, "expected a '}' after '${'", where);
    const std::string name(text.substr(begin + 2, end - begin - 2));
    const auto definition = definitions.find(name);
    if (definition == definitions.end())
      return fail(ErrorKind::input, "'" + name + "' is not among the definitions above", where);
    result += definition->second;
    text.remove_prefix(end + 1);
  }
  if (result.size() > max_pattern_bytes)
    return fail(ErrorKind::input, "expected a pattern of at most 4096 bytes", where);
  return result;
}

} // namespace bootperf
