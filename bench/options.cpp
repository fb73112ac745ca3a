#include "bench/options.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <string_view>

#include <fmt/format.h>

#include "base/text.h"
#include "bench/google_flags.h"

namespace bootperf {
namespace {

using Setter = std::function<Result<void>(Options &, const std::string &value)>;

struct Flag {
  const char *name;  ///< behind --bootperf_
  const char *value; ///< what it takes, for the help; "" for a flag without a value
  const char *help;
  Setter set;
};

template <class T>
Setter text(T Options::*member) {
  return [member](Options &options, const std::string &value) -> Result<void> {
    options.*member = value;
    return {};
  };
}

Result<int> number(const std::string &value, int least, int most) {
  int result = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), result);
  if (error != std::errc() || end != value.data() + value.size() || result < least ||
      result > most) {
    return fail(ErrorKind::usage, fmt::format("a number from {} to {} was expected, not \"{}\"",
                                              least, most, printable(value)));
  }
  return result;
}

template <class T>
Setter number_in(T Options::*member, int least, int most) {
  return [=](Options &options, const std::string &value) -> Result<void> {
    return number(value, least, most).map([&](int given) { options.*member = T(given); });
  };
}

Result<void> set_environment(Options &options, const std::string &value) {
  const auto equals = value.find('=');
  if (equals == 0 || equals == std::string::npos) {
    return fail(ErrorKind::usage, "NAME=VALUE was expected, not \"" + printable(value) + "\"");
  }
  options.environment[value.substr(0, equals)] = value.substr(equals + 1);
  return {};
}

Result<void> set_accelerator(Options &options, const std::string &value) {
  const auto accelerator = accelerator_from_text(value);
  if (!accelerator) {
    return fail(ErrorKind::usage,
                "auto, kvm or tcg was expected, not \"" + printable(value) + "\"");
  }
  options.accelerator = *accelerator;
  return {};
}

Result<void> set_replay(Options &options, const std::string &value) {
  std::string_view left = value;
  while (!left.empty()) {
    const auto comma = std::min(left.find(','), left.size());
    if (comma > 0) {
      options.replay.emplace_back(left.substr(0, comma));
    }
    left.remove_prefix(std::min(comma + 1, left.size()));
  }
  if (options.replay.empty()) {
    return fail(ErrorKind::usage, "boot logs were expected, separated by commas");
  }
  return {};
}

const std::vector<Flag> &flags() {
  static const std::vector<Flag> all = {
      {"session", "FILE", "the session file, replaced after each launch (bootperf.session.json)",
       text(&Options::session)},
      {"warmup", "N", "launches before each scenario that do not count (1)",
       number_in(&Options::warmup, 0, 100)},
      {"env", "NAME=VALUE", "environment of the launches: the subject under test; repeatable",
       set_environment},
      {"subject", "NAME", "what the session calls that subject (head)", text(&Options::subject)},
      {"accel", "auto|kvm|tcg", "the accelerator (auto: KVM where it works, else TCG)",
       set_accelerator},
      {"backend", "NAME", "libguestfs' backend: direct, libvirt", text(&Options::backend)},
      {"memsize", "MiB", "memory of the appliance", number_in(&Options::memsize_mib, 128, 1 << 20)},
      {"smp", "N", "virtual CPUs of the appliance", number_in(&Options::smp, 1, 255)},
      {"drives", "N", "empty drives of the appliance (1)", number_in(&Options::drives, 1, 255)},
      {"append", "ARGUMENTS", "extra kernel arguments", text(&Options::append)},
      {"rules", "FILE", "phase rules in place of those shipped inside", text(&Options::rules)},
      {"deadline", "SECONDS", "a launch that takes longer has failed (300)",
       number_in(&Options::deadline, 1, 86'400)},
      {"logs", "DIRECTORY", "keep the boot logs there", text(&Options::logs)},
      {"jobs", "N", "counted launches at a time (1)", number_in(&Options::jobs, 1, 256)},
      {"replay", "LOG,...", "feed recorded boot logs through instead of launching", set_replay},
      {"network", "", "give the appliance a network",
       [](Options &options, const std::string &value) -> Result<void> {
         if (!value.empty() && value != "true" && value != "false") {
           return fail(ErrorKind::usage, "true or false was expected");
         }
         options.network = value != "false";
         return {};
       }},
  };
  return all;
}

constexpr std::string_view own_prefix = "--bootperf_";

tl::unexpected<Error> unknown(std::string_view argument) {
  std::vector<std::string> known = google_flag_names();
  for (const auto &flag : flags()) {
    known.push_back(std::string(own_prefix) + flag.name);
  }
  known.emplace_back("--help");
  const auto near = nearest(argument.substr(0, argument.find('=')), known);
  return fail(ErrorKind::usage,
              "unknown flag " + printable(argument) +
                  (near.empty() ? "; --help lists them all" : "; did you mean " + near + "?"));
}

Result<void> set_own(Options &options, std::string_view argument) {
  const auto equals = argument.find('=');
  const auto name = argument.substr(0, equals).substr(own_prefix.size());
  const auto flag = std::ranges::find_if(flags(), [&](const Flag &f) { return f.name == name; });
  if (flag == flags().end()) {
    return unknown(argument);
  }
  const bool takes_value = *flag->value != '\0';
  if (takes_value && equals == std::string_view::npos) {
    return fail(ErrorKind::usage, fmt::format("{}{}={} needs its value behind an equals sign",
                                              own_prefix, flag->name, flag->value));
  }
  const auto value = equals == std::string_view::npos ? "" : argument.substr(equals + 1);
  return flag->set(options, std::string(value)).map_error([&](Error error) {
    error.message = fmt::format("{}{}: {}", own_prefix, flag->name, error.message);
    return error;
  });
}

} // namespace

Result<CommandLine> parse_command_line(const std::vector<std::string> &arguments,
                                       const std::map<std::string, std::string> &environment) {
  CommandLine line;
  for (const auto &argument : arguments) {
    if (argument == "--help" || argument == "-h") {
      line.own.help = true;
    } else if (argument.starts_with(own_prefix)) {
      if (auto set = set_own(line.own, argument); !set) {
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
  for (const auto &flag : flags()) {
    const auto value = *flag.value ? fmt::format("={}", flag.value) : std::string();
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
