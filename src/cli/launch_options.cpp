#include "cli/launch_options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <unistd.h>

#include "base/process.h"

namespace bootperf {

std::string check_assignment(const std::string &text) {
  const std::size_t equals = text.find('=');
  return equals == 0 || equals == std::string::npos ? "NAME=VALUE was expected, not " + text : "";
}

void add_machine_options(CLI::App &verb, MachineOptions &options) {
  verb.add_option("--accel", options.accelerator, "auto (KVM where it works), kvm or tcg")
      ->check(CLI::IsMember({"auto", "kvm", "tcg"}));
  verb.add_option("--backend", options.backend, "libguestfs' backend: direct, libvirt");
  verb.add_option("--memsize", options.memsize, "Memory of the appliance, MiB")
      ->check(CLI::Range(128, 1 << 20));
  verb.add_option("--smp", options.smp, "Virtual CPUs of the appliance")->check(CLI::Range(1, 255));
  verb.add_option("--append", options.append, "Extra kernel arguments");
  verb.add_option("--jobs", options.jobs, "Counted launches at a time")->check(CLI::Range(1, 256));
  verb.add_option("--deadline", options.deadline, "Seconds after which a launch has failed")
      ->check(CLI::Range(1, 86'400));
  verb.add_option("--rules", options.rules, "Phase rules in place of those shipped inside");
  verb.add_option("--logs", options.logs, "Keep the boot logs in this directory");
}

void add_launch_options(CLI::App &verb, LaunchOptions &options) {
  verb.add_option("--mode", options.mode,
                  "How launches are observed: quiet, traced, counted, initcalls; cold rebuilds the "
                  "appliance in each")
      ->check(CLI::IsMember({"quiet", "traced", "counted", "initcalls", "cold"}));
  verb.add_option("--launches", options.launches, "Launches that count")
      ->check(CLI::Range(1, 100'000));
  verb.add_option("--warmup", options.warmup, "Launches before them that do not")
      ->check(CLI::Range(0, 100));
  verb.add_option("--env", options.environment,
                  "NAME=VALUE for the launches: what names the subject under test; repeatable")
      ->check(check_assignment)
      ->allow_extra_args(false);
  add_machine_options(verb, options.machine);
  verb.add_option("-o,--output", options.output,
                  "The session file, replaced after each launch (bootperf.session.json)");
  verb.add_option("--replay", options.replay,
                  "Feed recorded boot logs through instead of launching; repeatable")
      ->allow_extra_args(false);
}

Arguments machine_arguments(const MachineOptions &machine, const std::string &prefix) {
  return Arguments(prefix)
      .add("accel", machine.accelerator)
      .add("backend", machine.backend)
      .add("memsize", machine.memsize)
      .add("smp", machine.smp)
      .add("append", machine.append)
      .add("jobs", machine.jobs)
      .add("deadline", machine.deadline)
      .add("rules", machine.rules)
      .add("logs", machine.logs);
}

std::vector<std::string> benchmark_arguments(const LaunchOptions &options) {
  const std::string filter = options.mode.empty() ? "" : "^Launch/" + options.mode + "$";
  return Arguments("benchmark_")
      .add("filter", filter)
      .add("repetitions", options.launches)
      .add(Arguments("bootperf_")
               .add("session", options.output)
               .add("warmup", options.warmup)
               .add("env", options.environment)
               .add(machine_arguments(options.machine, "bootperf_"))
               .add("replay", fmt::format("{}", fmt::join(options.replay, ","))))
      .list();
}

Result<std::string> benchmark_program() {
  const std::filesystem::path path = program_directory() / "boot_benchmarks";
  if (access(path.c_str(), X_OK) != 0)
    return fail(ErrorKind::io,
                "boot_benchmarks was expected beside bootperf; build it, or keep the two together",
                {path.string(), 0, 0});
  return path.string();
}

} // namespace bootperf
