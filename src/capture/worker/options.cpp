#include "capture/worker/options.h"

#include <CLI/CLI.hpp>

#include "base/exit_code.h"

namespace bootperf {

namespace {

// KEY=VALUE
std::string check_header(const std::string &pair) {
  const auto equals = pair.find('=');
  return equals == std::string::npos || equals == 0 ? "expected KEY=VALUE" : "";
}

void add_options(CLI::App &app, WorkerOptions &options, std::string &mode, std::string &accelerator,
                 std::vector<std::string> &header) {
  app.add_option("--mode", mode, "How to observe the launch")
      ->check(CLI::IsMember({"quiet", "traced", "counted", "initcalls"}))
      ->capture_default_str();
  app.add_option("--accel", accelerator, "Accelerator; auto leaves it to libguestfs")
      ->check(CLI::IsMember({"auto", "kvm", "tcg"}))
      ->capture_default_str();
  app.add_option("--backend", options.backend,
                 "libguestfs backend (default: $LIBGUESTFS_BACKEND, or direct)");
  app.add_option("--memsize", options.memsize, "Memory of the appliance in MiB")
      ->check(CLI::Range(1, 1 << 24));
  app.add_option("--smp", options.smp, "Virtual CPUs")->check(CLI::Range(1, 1024));
  app.add_flag("--network", options.network, "Give the appliance a network");
  app.add_option("--append", options.append, "Extra kernel arguments");
  app.add_option("--drives", options.drives, "Empty read-only drives")
      ->check(CLI::Range(1, 255))
      ->capture_default_str();
  app.add_option("--log", options.log, "The boot log to write")->required();
  app.add_option("--facts", options.facts, "File for what the parent has to know beyond the log");
  app.add_option("--counter-page", options.counter_page,
                 "The page of the instruction counter (mode counted)");
  app.add_option("--header", header, "Another key for the log's header")->check(check_header);
  app.add_option("--parent", options.parent, "Exit when this process exits");
}

} // namespace

ParsedOptions parse_options(int argc, char **argv) {
  ParsedOptions parsed;
  std::string mode = "quiet";
  std::string accelerator = "auto";
  std::vector<std::string> header;
  CLI::App app("Launches the libguestfs appliance once and writes its boot log.\n"
               "Example: bootperf-launch --mode traced --log boot.jsonl");
  add_options(app, parsed.options, mode, accelerator, header);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    const int status = app.exit(error);
    return {{}, true, status == 0 ? 0 : to_int(ExitCode::wrong_input)};
  }
  parsed.options.mode = mode_from_text(mode).value_or(Mode::quiet);
  parsed.options.accelerator = accelerator_from_text(accelerator).value_or(Accelerator::automatic);
  for (const auto &pair : header) {
    const auto equals = pair.find('=');
    parsed.options.header[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return parsed;
}

} // namespace bootperf
