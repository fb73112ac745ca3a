#include "bench/options.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"
#include "bench/google_flags.h"

namespace bootperf {
namespace {

std::vector<Flag> own_flags(Options &options) {
  std::vector<Flag> flags = {
      flag("session", "FILE",
           "the session file, replaced after each launch (bootperf.session.json)", options.session),
      flag("warmup", "N", "launches before each scenario that do not count (1)", options.warmup,
           {0, 100}),
      flag("env", "environment of the launches: the subject under test; repeatable",
           options.environment),
      flag("subject", "NAME", "what the session calls that subject (head)", options.subject),
  };
  std::ranges::move(flags_of(static_cast<CampaignOptions &>(options)), std::back_inserter(flags));
  flags.push_back(replay_flag(options.replay));
  return flags;
}

constexpr std::string_view own_prefix = "--bootperf_";

tl::unexpected<Error> unknown(std::string_view argument) {
  std::vector<std::string> known = google_flag_names();
  Options options;
  for (const auto &flag : own_flags(options)) {
    known.push_back(std::string(own_prefix) + flag.name);
  }
  known.emplace_back("--help");
  const auto near = nearest(argument.substr(0, argument.find('=')), known);
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

} // namespace bootperf
