#include "capture/worker/options.h"

#include <CLI/CLI.hpp>

#include "base/error.h"

namespace bootperf {

namespace {

// KEY=VALUE
std::string check_header(const std::string &pair) {
  const auto equals = pair.find('=');
  return equals == std::string::npos || equals == 0 ? "expected KEY=VALUE" : "";
}

void add_options(CLI::App &app, WorkerOptions &options, std::string &mode,
                 std::vector<std::string> &header) {
  app.add_option("--mode", mode, "How to observe the launch")
      ->check(CLI::IsMember({"quiet", "traced", "counted", "initcalls"}))
      ->capture_default_str();
  declare(app, flags_of(options));
  app.add_option("--log", options.log, "The boot log to write")->required();
  app.add_option("--facts", options.facts, "File for what the parent has to know beyond the log");
  app.add_option("--counter-page", options.counter_page,
                 "The page of the instruction counter (mode counted)");
  app.add_option("--code", options.code,
                 "File for the kernel symbols and programs that the appliance has");
  app.add_option("--modules", options.modules, "File for where the kernel's modules lie");
  app.add_flag("--use", options.use,
               "Make the first drive a scratch drive, and once the appliance is up an ext4 file "
               "system on it; list its files");
  app.add_option("--header", header, "Another key for the log's header")->check(check_header);
  app.add_option("--parent", options.parent, "Exit when this process exits");
}

} // namespace

ParsedOptions parse_options(int argc, char **argv) {
  ParsedOptions parsed;
  std::string mode = "quiet";
  std::vector<std::string> header;
  CLI::App app("Launches the libguestfs appliance once and writes its boot log.\n"
               "Example: bootperf-launch --mode traced --log boot.jsonl");
  add_options(app, parsed.options, mode, header);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    const int status = app.exit(error);
    return {{}, true, status == 0 ? 0 : to_int(ExitCode::wrong_input)};
  }
  parsed.options.mode = mode_from_text(mode).value_or(Mode::quiet);
  for (const auto &pair : header) {
    const auto equals = pair.find('=');
    parsed.options.header[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return parsed;
}

} // namespace bootperf
