#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <new>

#include <unistd.h>

#include <fmt/format.h>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"
#include "bench/benchmark_versions.h"
#include "bench/command_line.h"
#include "bench/phase_reporter.h"
#include "bench/profiling_launcher.h"
#include "bench/recorder.h"
#include "bench/scenarios.h"
#include "campaign/launch_source.h"
#include "campaign/recording.h"
#include "capture/facts/host.h"
#include "capture/facts/versions.h"
#include "capture/launcher/sweep.h"
#include "guest/guest_launcher.h"
#include "report/text/style.h"
#include "session/new_session.h"
#include "session/session_file.h"
#include "whatif/proof.h"

namespace bootperf {
namespace {

constexpr std::size_t functions_shown = 20;

int complain(const Error &error) {
  std::cerr << "boot_benchmarks: " << to_text(error) << '\n';
  return to_int(exit_code(error.kind));
}

std::map<std::string, std::string> benchmark_variables() {
  std::map<std::string, std::string> variables;
  for (char **entry = environ; *entry; ++entry) {
    const std::string_view variable = *entry;
    if (const auto equals = variable.find('=');
        variable.starts_with("BENCHMARK_") && equals != std::string_view::npos) {
      variables.emplace(variable.substr(0, equals), variable.substr(equals + 1));
    }
  }
  return variables;
}

int list(const GoogleFlags &google, const std::vector<ScenarioPlan> &all) {
  const auto listed = google.filter.empty() ? Result<std::vector<ScenarioPlan>>(all)
                                            : select_scenarios(all, google.filter);
  if (!listed) {
    return complain(listed.error());
  }
  for (const auto &scenario : *listed) {
    std::cout << scenario.name << '\n';
  }
  return to_int(ExitCode::pass);
}

/// What follows wins over what comes before: the default of this program, the user's flags, and
/// what this program does itself (select scenarios, warm up).
std::vector<std::string> library_arguments(const std::string &program, const CommandLine &line) {
  std::vector<std::string> arguments = {
      program, fmt::format("--benchmark_repetitions={}", line.google.repetitions)};
  arguments.insert(arguments.end(), line.rest.begin(), line.rest.end());
  arguments.insert(arguments.end(),
                   {"--benchmark_min_warmup_time=0", "--benchmark_list_tests=false"});
  return arguments;
}

/// Google Benchmark keeps a pointer to the program's name, so the arguments have to outlive it. One
/// that it leaves over is one that it did not understand.
Result<void> initialise_library(std::vector<std::string> &arguments) {
  std::vector<char *> pointers;
  pointers.reserve(arguments.size() + 1);
  for (auto &argument : arguments) {
    pointers.push_back(argument.data());
  }
  int count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);
  benchmark::SetDefaultTimeUnit(benchmark::kMillisecond);
  benchmark::Initialize(&count, pointers.data());
  if (count > 1) {
    return fail(ErrorKind::usage, "Google Benchmark does not take " + printable(pointers[1]));
  }
  return {};
}

TextStyle style_for(const GoogleFlags &google) {
  auto style = text_style(surroundings_of(STDOUT_FILENO));
  if (google.colour != "auto") {
    style.colour = google.colour != "false" && google.colour != "no" && google.colour != "off" &&
                   google.colour != "0";
  }
  return style;
}

std::unique_ptr<benchmark::BenchmarkReporter> display_reporter(const GoogleFlags &google,
                                                               const Recorder &recorder,
                                                               Progress &progress,
                                                               const LongestFunctions &longest) {
  if (google.format == "console") {
    return std::make_unique<PhaseReporter>(recorder.session(), progress, style_for(google));
  }
  return std::make_unique<PhaseRunsReporter>(google.format, recorder, progress, longest);
}

void run_benchmarks(const CommandLine &line, const std::vector<ScenarioPlan> &scenarios,
                    Recorder &recorder, Progress &progress, const LongestFunctions &longest) {
  const Session &session = recorder.session();
  benchmark::AddCustomContext("bootperf_session", session.id);
  benchmark::AddCustomContext("bootperf_commit", session.commit);
  for (const auto &scenario : scenarios) {
    register_launches(scenario, recorder);
  }
  const auto display = display_reporter(line.google, recorder, progress, longest);
  std::unique_ptr<PhaseRunsReporter> file;
  if (!line.google.out.empty()) {
    file = std::make_unique<PhaseRunsReporter>(line.google.out_format, recorder, progress, longest);
  }
  benchmark::RunSpecifiedBenchmarks(display.get(), file.get(), "all");
  benchmark::Shutdown();
}

int conclude(const CommandLine &line, const std::vector<ScenarioPlan> &scenarios,
             const Recorder &recorder) {
  const auto code = recording_outcome(recorder.session(), scenarios, recorder.stopped());
  if (const auto &stopped = recorder.stopped()) {
    std::cerr << "boot_benchmarks: " << to_text(*stopped) << '\n';
  } else if (code == ExitCode::not_measured) {
    std::cerr << "boot_benchmarks: not every scenario could be measured\n";
  }
  if (!recorder.session().launches.empty()) {
    std::cerr << "session: " << printable(line.own.session.string()) << '\n';
  }
  if (recorder.session().capacity) {
    std::cerr << "`bootperf capacity --recorded "
              << shell_word(printable(line.own.session.string()))
              << "` says how many guests in how long\n";
  }
  return to_int(code);
}

int record(const CommandLine &line, const std::vector<ScenarioPlan> &scenarios, const Rules &rules,
           const std::vector<Lever> &levers, const std::vector<Guest> &guests,
           const std::filesystem::path &scratch) {
  LaunchSource source(line.own.replay);
  Warnings of_guests;
  GuestLauncher with_guests(source.launcher(), guests, scratch,
                            [&](const std::string &warning) { of_guests.add(warning); });
  RecordingPlan plan{.options = line.own,
                     .repetitions = line.google.repetitions,
                     .min_warmup_seconds = line.google.min_warmup_seconds,
                     .logs = line.own.logs.empty() ? scratch : line.own.logs,
                     .scratch = scratch,
                     .warnings = [&] {
                       auto warnings = source.warnings();
                       std::ranges::move(of_guests.all(), std::back_inserter(warnings));
                       return warnings;
                     }};
  for (const ScenarioPlan &scenario : scenarios) {
    if (scenario.at_once > 0) {
      plan.at_once.push_back(scenario.at_once);
    }
  }
  // What is replayed takes no memory.
  if (line.own.replay.empty()) {
    plan.available_memory = [] { return available_memory(); };
    plan.versions = component_versions(line.own.environment);
  }
  int planned = 0;
  for (const ScenarioPlan &scenario : scenarios) {
    planned +=
        line.own.warmup + line.google.repetitions * std::max(1, static_cast<int>(scenario.at_once));
  }
  Progress progress(std::cerr, isatty(STDERR_FILENO) == 1, planned);
  ProvingLauncher proving(with_guests, levers);
  // Recorded logs say nothing of functions.
  ProfilingLauncher profiling(levers.empty() ? static_cast<Launcher &>(with_guests) : proving,
                              rules);
  Launcher &launcher = line.own.replay.empty() ? profiling : source.launcher();
  Recorder recorder(launcher, rules, std::move(plan), new_session(line.own.environment), progress);
  run_benchmarks(line, scenarios, recorder, progress, [&](const Launch &launch) {
    return profiling.longest_functions(launch, functions_shown);
  });
  progress.clear();
  return conclude(line, scenarios, recorder);
}

/// The shipped guests and those of a file, whose rules hold for all that is launched.
Result<Guests> all_guests(const std::filesystem::path &file) {
  auto guests = load_guests("");
  if (!guests || file.empty()) {
    return guests;
  }
  return load_guests(file.string()).map([&](Guests more) {
    std::erase_if(guests->guests, [&](const Guest &shipped) {
      return std::ranges::find(more.guests, shipped.name, &Guest::name) != more.guests.end();
    });
    std::ranges::move(more.guests, std::back_inserter(guests->guests));
    guests->rules = more.rules;
    return std::move(*guests);
  });
}

int run(const std::string &program, const std::vector<std::string> &arguments) {
  auto line = parse_command_line(arguments, benchmark_variables());
  if (!line) {
    return complain(line.error());
  }
  if (line->own.help) {
    std::cout << help_text();
    return to_int(ExitCode::pass);
  }
  // Only who asks for levers has them read, and launches looked at for their proofs.
  const bool with_levers = line->google.list_tests || asks_for_levers(line->google.filter);
  const auto levers = with_levers ? load_levers("") : Result<std::vector<Lever>>();
  if (!levers) {
    return complain(levers.error());
  }
  const auto guests = all_guests(line->own.guest);
  if (!guests) {
    return complain(guests.error());
  }
  const std::vector<ScenarioPlan> all = all_scenarios(*levers, guests->guests);
  if (line->google.list_tests) {
    return list(line->google, all);
  }
  const auto scenarios = select_scenarios(all, line->google.filter);
  if (!scenarios) {
    return complain(scenarios.error());
  }
  const auto rules =
      load_rules((line->own.rules.empty() ? guests->rules : line->own.rules).string());
  if (!rules) {
    return complain(rules.error());
  }
  auto for_library = library_arguments(program, *line);
  if (auto initialised = initialise_library(for_library); !initialised) {
    return complain(initialised.error());
  }
  if (auto writable = check_outputs(*line); !writable) {
    return complain(writable.error());
  }
  const auto session = SessionFile::take_or_free(
      line->own.session.string(), standard_session,
      line->own.force ? Existing::replaced : Existing::refused, "--bootperf_force");
  if (!session) {
    return complain(session.error());
  }
  line->own.session = session->path();
  const auto scratch = ScratchDirectory::make(scratch_place());
  if (!scratch) {
    return complain(scratch.error());
  }
  return record(*line, *scenarios, *rules, *levers, guests->guests, scratch->path());
}

} // namespace
} // namespace bootperf

// Errors are values; what still comes as an exception is a library's, or memory that is short.
int main(int argc, char **argv) try {
  bootperf::use_default_signals();
  return bootperf::run(argc > 0 ? argv[0] : "boot_benchmarks",
                       std::vector<std::string>(argv + (argc > 0), argv + argc));
} catch (const std::bad_alloc &) {
  std::fputs("boot_benchmarks: not enough memory\n", stderr);
  return 2;
} catch (const std::exception &error) {
  std::fprintf(stderr, "boot_benchmarks: %s\n", error.what());
  return 2;
}
