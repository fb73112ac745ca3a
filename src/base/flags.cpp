#include "base/flags.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace bootperf {
namespace {

using Texts = std::vector<std::string>;

Flag described(std::string name, std::string value, std::string help) {
  return {.name = std::move(name), .value = std::move(value), .help = std::move(help)};
}

Result<int> number(const std::string &text, NumberRange range) {
  int result = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result);
  if (error != std::errc() || end != text.data() + text.size() || result < range.least ||
      result > range.most)
    return fail(ErrorKind::usage, fmt::format("a number from {} to {} was expected, not \"{}\"",
                                              range.least, range.most, printable(text)));
  return result;
}

/// T is made from an int; none where there is nothing to hand on.
template <class T>
Flag number_flag(Flag flag, T &to, NumberRange range, std::function<std::optional<int>()> value) {
  flag.range = range;
  flag.set = [&to, range](const std::string &text) {
    return number(text, range).map([&](int given) { to = T(given); });
  };
  flag.get = [value = std::move(value)] {
    const std::optional<int> number = value();
    return number ? Texts{std::to_string(*number)} : Texts();
  };
  return flag;
}

template <class T>
Flag text_flag(Flag flag, T &to) {
  flag.set = [&to](const std::string &text) -> Result<void> {
    to = text;
    return {};
  };
  flag.get = [&to] { return to.empty() ? Texts() : Texts{std::string(to)}; };
  return flag;
}

/// As a sentence begins.
std::string capitalised(std::string text) {
  if (!text.empty())
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

void set_or_throw(const Flag &flag, const std::string &text) {
  if (const Result<void> set = flag.set(text); !set)
    throw CLI::ValidationError("--" + flag.name, set.error().message); // only CLI11 sees it
}

CLI::Option *declare(CLI::App &program, const Flag &flag) {
  const std::string name = "--" + flag.name, help = capitalised(flag.help);
  if (flag.is_switch())
    return program.add_flag_callback(name, [flag] { set_or_throw(flag, "true"); }, help);
  if (flag.repeatable)
    return program
        .add_option_function<Texts>(
            name,
            [flag](const Texts &texts) {
              for (const std::string &text : texts)
                set_or_throw(flag, text);
            },
            help)
        ->allow_extra_args(false);
  return program.add_option_function<std::string>(
      name, [flag](const std::string &text) { set_or_throw(flag, text); }, help);
}

} // namespace

Flag flag(std::string name, std::string value, std::string help, std::string &to) {
  return text_flag(described(std::move(name), std::move(value), std::move(help)), to);
}

Flag flag(std::string name, std::string value, std::string help, std::filesystem::path &to) {
  return text_flag(described(std::move(name), std::move(value), std::move(help)), to);
}

Flag flag(std::string name, std::string value, std::string help, int &to, NumberRange range) {
  return number_flag(described(std::move(name), std::move(value), std::move(help)), to, range,
                     [&to] { return to; });
}

Flag flag(std::string name, std::string value, std::string help, std::optional<int> &to,
          NumberRange range) {
  return number_flag(described(std::move(name), std::move(value), std::move(help)), to, range,
                     [&to] { return to; });
}

Flag flag(std::string name, std::string value, std::string help, std::chrono::seconds &to,
          NumberRange range) {
  return number_flag(described(std::move(name), std::move(value), std::move(help)), to, range,
                     [&to] { return static_cast<int>(to.count()); });
}

Flag flag(std::string name, std::string help, bool &to) {
  Flag flag = described(std::move(name), "", std::move(help));
  flag.set = [&to](const std::string &text) -> Result<void> {
    if (!text.empty() && text != "true" && text != "false")
      return fail(ErrorKind::usage, "true or false was expected");
    to = text != "false";
    return {};
  };
  flag.get = [&to] { return to ? Texts{"true"} : Texts(); };
  return flag;
}

Flag flag(std::string name, std::string help, std::map<std::string, std::string> &to) {
  Flag flag = described(std::move(name), "NAME=VALUE", std::move(help));
  flag.repeatable = true;
  flag.set = [&to](const std::string &text) -> Result<void> {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
      return fail(ErrorKind::usage, "NAME=VALUE was expected, not \"" + printable(text) + "\"");
    to[text.substr(0, equals)] = text.substr(equals + 1);
    return {};
  };
  flag.get = [&to] {
    Texts texts;
    for (const auto &[key, value] : to)
      texts.push_back(fmt::format("{}={}", key, value));
    return texts;
  };
  return flag;
}

Flag choice_flag(std::string name, std::string help, std::vector<std::string> choices,
                 std::function<void(const std::string &)> set, std::function<std::string()> get) {
  Flag flag =
      described(std::move(name), fmt::format("{}", fmt::join(choices, "|")), std::move(help));
  flag.choices = std::move(choices);
  flag.set = [all = flag.choices, set = std::move(set)](const std::string &text) -> Result<void> {
    if (std::ranges::find(all, text) == all.end())
      return fail(ErrorKind::usage, fmt::format("{} or {} was expected, not \"{}\"",
                                                fmt::join(all.begin(), all.end() - 1, ", "),
                                                all.back(), printable(text)));
    set(text);
    return {};
  };
  flag.get = [get = std::move(get)] {
    const std::string text = get();
    return text.empty() ? Texts() : Texts{text};
  };
  return flag;
}

std::vector<std::string> arguments_of(const std::vector<Flag> &flags,
                                      const std::vector<Flag> &standard, std::string_view prefix) {
  Texts arguments;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    const Texts texts = flags[i].get();
    if (texts == standard[i].get())
      continue;
    for (const std::string &text : texts)
      arguments.push_back(
          fmt::format("--{}{}{}", prefix, flags[i].name, flags[i].is_switch() ? "" : "=" + text));
  }
  return arguments;
}

void declare(CLI::App &program, const std::vector<Flag> &flags) {
  for (const Flag &flag : flags) {
    CLI::Option *option = declare(program, flag);
    if (!flag.choices.empty())
      option->check(CLI::IsMember(flag.choices));
    if (flag.range)
      option->type_name("INT")->check(CLI::Range(flag.range->least, flag.range->most));
  }
}

} // namespace bootperf
