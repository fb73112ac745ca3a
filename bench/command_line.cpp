#include "bench/command_line.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <iterator>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/text.h"
#include "session/session_file.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

// Google Benchmark's flags.

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

/// Later arguments win over earlier ones and all over the environment, as in Google Benchmark. A
/// value that Google Benchmark would not take is a usage error.
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

// Flags of this program.

std::vector<Flag> own_flags(Options &options) {
  std::vector<Flag> flags = {
      flag("session", "FILE",
           "the session file, replaced after each launch (bootperf.session.json, or the next "
           "number that is free)",
           options.session),
      flag("force", "replace a session that is there already", options.force),
      flag("warmup", "N", "launches before each scenario that do not count (1)", options.warmup,
           {0, 100}),
      flag("env", "environment of the launches: the subject under test; repeatable",
           options.environment),
      flag("guest", "FILE", "guests to launch, beside those that are shipped (docs/guests.md)",
           options.guest),
      flag("subject", "NAME", "what the session calls that subject (head)", options.subject),
  };
  std::ranges::move(flags_of(static_cast<CampaignOptions &>(options)), std::back_inserter(flags));
  flags.push_back(replay_flag(options.replay));
  return flags;
}

constexpr std::string_view own_prefix = "--bootperf_";

tl::unexpected<Error> unknown(std::string_view argument) {
  std::vector<std::string> all = google_flag_names();
  Options options;
  for (const auto &flag : own_flags(options)) {
    all.push_back(std::string(own_prefix) + flag.name);
  }
  all.emplace_back("--help");
  const auto near = nearest(argument.substr(0, argument.find('=')), all);
  return fail(ErrorKind::usage,
              "unknown flag " + printable(argument) +
                  (near.empty() ? "; --help lists them all" : "; did you mean " + near + "?"));
}

Result<void> set_own(const std::vector<Flag> &flags, std::string_view argument) {
  const auto equals = argument.find('=');
  const auto name = argument.substr(0, equals).substr(own_prefix.size());
  const auto flag = std::ranges::find(flags, name, &Flag::name);
  if (flag == flags.end()) {
    return unknown(argument);
  }
  if (!flag->is_switch() && equals == std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("{}{}={} needs its value behind an equals sign",
                                              own_prefix, flag->name, flag->value));
  }
  const auto value = equals == std::string_view::npos ? "" : argument.substr(equals + 1);
  return flag->set(std::string(value)).map_error([&](Error error) {
    error.message = fmt::format("{}{}: {}", own_prefix, flag->name, error.message);
    return error;
  });
}

// Outputs.

tl::unexpected<Error> not_writable(const char *flag, const fs::path &path, const char *why) {
  return fail(ErrorKind::io,
              std::string(flag) + "=" + printable(path.string()) + " cannot be written: " + why);
}

/// A file that is written in place: opening it shows whether it can be.
Result<void> check_file(const char *flag, const fs::path &path) {
  const FileDescriptor file(open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (!file) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

/// A file that is replaced whole: its directory has to be writable, or one above that is there.
Result<void> check_replaceable(const char *flag, const fs::path &path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return not_writable(flag, path, "it is a directory");
  }
  fs::path place = fs::absolute(path, error).parent_path();
  while (!fs::exists(place, error) && place.has_relative_path()) {
    place = place.parent_path();
  }
  if (!fs::is_directory(place, error)) {
    return not_writable(flag, path, std::strerror(ENOTDIR));
  }
  if (access(place.c_str(), W_OK | X_OK) != 0) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

/// What is launched from is not written over.
Result<void> check_apart(const char *flag, const fs::path &output, const CommandLine &line) {
  std::vector<fs::path> inputs = line.own.replay;
  inputs.push_back(line.own.rules);
  inputs.push_back(line.own.guest);
  return refuse_inputs(output, inputs)
             ? Result<void>()
             : fail(ErrorKind::usage, fmt::format("{}={} would overwrite an input", flag,
                                                  printable(output.string())));
}

Result<void> check_directory(const char *flag, const fs::path &path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) {
    return not_writable(flag, path, error.message().c_str());
  }
  if (access(path.c_str(), W_OK | X_OK) != 0) {
    return not_writable(flag, path, std::strerror(errno));
  }
  return {};
}

} // namespace

Result<CommandLine> parse_command_line(const std::vector<std::string> &arguments,
                                       const std::map<std::string, std::string> &environment) {
  CommandLine line;
  const std::vector<Flag> flags = own_flags(line.own);
  for (const auto &argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      line.own.help = true;
    } else if (argument.starts_with(own_prefix)) {
      if (auto set = set_own(flags, argument); !set) {
        return tl::unexpected(set.error());
      }
    } else if (is_google_flag(argument)) {
      line.rest.push_back(argument);
    } else {
      return unknown(argument);
    }
  }
  return read_google_flags(line.rest, environment).map([&](GoogleFlags google) {
    line.google = std::move(google);
    return std::move(line);
  });
}

std::string help_text() {
  std::string result =
      "boot_benchmarks launches the libguestfs appliance, one launch an iteration, and shows "
      "where\n"
      "its boot time goes.\n\n"
      "  boot_benchmarks                               quiet and traced launches, 5 of each\n"
      "  boot_benchmarks --benchmark_filter='traced$' --benchmark_repetitions=10\n"
      "  boot_benchmarks --benchmark_list_tests        every scenario\n\n";
  Options options;
  for (const auto &flag : own_flags(options)) {
    const auto value = flag.is_switch() ? std::string() : "=" + flag.value;
    result += fmt::format("  {:<36} {}\n", fmt::format("{}{}{}", own_prefix, flag.name, value),
                          flag.help);
  }
  result += "\nGoogle Benchmark's flags, as everywhere (5 repetitions unless told otherwise):\n";
  for (const auto &name : google_flag_names()) {
    result += "  " + name + "\n";
  }
  result += "\nExit status: 0 measured, 2 wrong usage or input, 4 nothing could be measured,\n"
            "130 interrupted (the session file keeps the launches that were finished).\n";
  return result;
}

Result<void> check_outputs(const CommandLine &line) {
  const fs::path session = line.own.session.empty() ? standard_session : line.own.session;
  if (auto replaceable = check_replaceable("--bootperf_session", session); !replaceable) {
    return replaceable;
  }
  for (const auto &[flag, output] : {std::pair("--bootperf_session", session),
                                     std::pair("--benchmark_out", fs::path(line.google.out))}) {
    if (auto apart = check_apart(flag, output, line); !apart) {
      return apart;
    }
  }
  if (!line.own.logs.empty()) {
    if (auto logs = check_directory("--bootperf_logs", line.own.logs); !logs) {
      return logs;
    }
  }
  return line.google.out.empty() ? Result<void>() : check_file("--benchmark_out", line.google.out);
}

} // namespace bootperf
