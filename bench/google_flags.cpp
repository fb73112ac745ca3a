#include "bench/google_flags.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"

namespace bootperf {
namespace {

enum class Takes { text, format, count, number, truth, duration, unit };

struct Known {
  std::string_view name; ///< behind --
  Takes takes;
};

// 1.8 knows all of these, 1.7 all of them as well; --v is its only flag without the prefix.
constexpr std::array known = {
    Known{"benchmark_filter", Takes::text},
    Known{"benchmark_repetitions", Takes::count},
    Known{"benchmark_list_tests", Takes::truth},
    Known{"benchmark_format", Takes::format},
    Known{"benchmark_out", Takes::text},
    Known{"benchmark_out_format", Takes::format},
    Known{"benchmark_color", Takes::text},
    Known{"benchmark_min_time", Takes::duration},
    Known{"benchmark_min_warmup_time", Takes::number},
    Known{"benchmark_enable_random_interleaving", Takes::truth},
    Known{"benchmark_report_aggregates_only", Takes::truth},
    Known{"benchmark_display_aggregates_only", Takes::truth},
    Known{"benchmark_counters_tabular", Takes::truth},
    Known{"benchmark_context", Takes::text},
    Known{"benchmark_perf_counters", Takes::text},
    Known{"benchmark_time_unit", Takes::unit},
    Known{"v", Takes::number},
};

constexpr std::array truths = {"1",   "0", "true", "false", "yes", "no", "on",
                               "off", "t", "f",    "y",     "n",   ""};

constexpr std::array<std::string_view, 4> units = {"ns", "us", "ms", "s"};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool is_true(const std::string &value) {
  const auto text = lower(value);
  return !(text == "0" || text == "false" || text == "no" || text == "off" || text == "f" ||
           text == "n");
}

bool is_number(const std::string &value) {
  double number = 0;
  const auto end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  return read.ec == std::errc() && read.ptr == end && number >= 0;
}

bool is_count(const std::string &value) {
  int count = 0;
  const auto end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, count);
  return read.ec == std::errc() && read.ptr == end && count >= 1;
}

/// What was expected, or "" when the value is right.
std::string complaint(Takes takes, const std::string &value) {
  switch (takes) {
  case Takes::format:
    return value == "console" || value == "json" || value == "csv" ? "" : "console, json or csv";
  case Takes::count:
    return is_count(value) ? "" : "a whole number from 1";
  case Takes::number:
    return is_number(value) ? "" : "a number";
  case Takes::duration: {
    // 1.8 also takes "0.5s" and "10x".
    const bool unit = value.ends_with('s') || value.ends_with('x');
    return is_number(value.substr(0, value.size() - (unit ? 1 : 0))) ? "" : "a number of seconds";
  }
  case Takes::truth:
    return std::ranges::find(truths, lower(value)) != truths.end() ? "" : "true or false";
  case Takes::unit:
    return std::ranges::find(units, value) != units.end() ? "" : "ns, us, ms or s";
  case Takes::text:
    break;
  }
  return "";
}

void take(GoogleFlags &flags, std::string_view name, const std::string &value) {
  if (name == "benchmark_filter") {
    flags.filter = value;
  } else if (name == "benchmark_repetitions") {
    std::from_chars(value.data(), value.data() + value.size(), flags.repetitions);
  } else if (name == "benchmark_format") {
    flags.format = value;
  } else if (name == "benchmark_out") {
    flags.out = value;
  } else if (name == "benchmark_out_format") {
    flags.out_format = value;
  } else if (name == "benchmark_min_warmup_time") {
    std::from_chars(value.data(), value.data() + value.size(), flags.min_warmup_seconds);
  } else if (name == "benchmark_color") {
    flags.colour = value;
  } else if (name == "benchmark_list_tests") {
    flags.list_tests = is_true(value);
  }
}

Result<void> set(GoogleFlags &flags, const Known &flag, const std::string &value,
                 const std::string &as_given) {
  if (const auto expected = complaint(flag.takes, value); !expected.empty()) {
    return fail(ErrorKind::usage, fmt::format("{}: {} was expected, not \"{}\"", as_given, expected,
                                              printable(value)));
  }
  take(flags, flag.name, value);
  return {};
}

const Known *find(std::string_view argument) {
  if (!argument.starts_with("--")) {
    return nullptr;
  }
  const auto name =
      argument.substr(2, argument.find('=') - std::min<std::size_t>(2, argument.find('=')));
  const auto found = std::ranges::find(known, name, &Known::name);
  return found == known.end() ? nullptr : &*found;
}

} // namespace

std::vector<std::string> google_flag_names() {
  std::vector<std::string> names;
  names.reserve(known.size());
  for (const auto &flag : known) {
    names.push_back("--" + std::string(flag.name));
  }
  return names;
}

bool is_google_flag(std::string_view argument) {
  return find(argument) != nullptr;
}

Result<GoogleFlags> read_google_flags(const std::vector<std::string> &arguments,
                                      const std::map<std::string, std::string> &environment) {
  GoogleFlags flags;
  for (const auto &flag : known) {
    std::string variable(flag.name);
    std::ranges::transform(variable, variable.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto value = environment.find(variable);
    if (flag.name.starts_with("benchmark_") && value != environment.end()) {
      if (auto done = set(flags, flag, value->second, variable); !done) {
        return tl::unexpected(done.error());
      }
    }
  }
  for (const auto &argument : arguments) {
    const Known *flag = find(argument);
    const auto equals = argument.find('=');
    const bool bare = equals == std::string::npos;
    if (!flag) {
      continue;
    }
    if (bare && flag->takes != Takes::truth) {
      return fail(ErrorKind::usage, argument + " needs its value behind an equals sign");
    }
    const auto value = bare ? std::string("true") : argument.substr(equals + 1);
    if (auto done = set(flags, *flag, value, argument.substr(0, equals)); !done) {
      return tl::unexpected(done.error());
    }
  }
  return flags;
}

} // namespace bootperf
