#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "campaign/campaign_options.h"

namespace bootperf {

/// The command line of boot_benchmarks: its own flags, --bootperf_*, and those of Google Benchmark,
/// which would exit 0 or 1 over a mistake in them; and whether what it names can be written.

/// Where the session goes when nobody says; where that is taken, to the next free number.
inline constexpr const char *standard_session = "bootperf.session.json";

/// The program's own flags, --bootperf_*.
struct Options : CampaignOptions {
  /// Replaced after each launch; empty: the next free name of standard_session.
  std::filesystem::path session;
  bool force = false; ///< a session that is there already may be replaced
  int warmup = 1;     ///< launches before each scenario, in its mode, not counted
  std::map<std::string, std::string> environment; ///< of the launches: what names the subject
  std::string subject = "head";
  std::vector<std::filesystem::path> replay; ///< boot logs to feed through instead of launching
  std::filesystem::path guest;               ///< a file of guests, beside those that are shipped
  bool help = false;
};

/// What the program has to know of Google Benchmark's flags, and what it checks before Google
/// Benchmark sees them, because that would exit 0 or 1 over a mistake.
struct GoogleFlags {
  std::string filter; ///< "": none given
  int repetitions = 5;
  double min_warmup_seconds = 0;  ///< warm-ups go on for at least this long
  std::string format = "console"; ///< console, json or csv
  std::string out;                ///< "": none
  std::string out_format = "json";
  std::string colour = "auto"; ///< --benchmark_color: auto, or what means yes or no
  bool list_tests = false;
};

struct CommandLine {
  Options own;
  GoogleFlags google;
  std::vector<std::string> rest; ///< arguments for Google Benchmark, without the program's name
};

/// Reads the arguments (without the program's name). environment holds the variables BENCHMARK_*,
/// which Google Benchmark takes its defaults from. Anything wrong is a usage error that names the
/// nearest flag.
Result<CommandLine> parse_command_line(const std::vector<std::string> &arguments,
                                       const std::map<std::string, std::string> &environment);

/// What --help prints.
std::string help_text();

/// Makes sure, before anything is launched, that the session, the --benchmark_out file and the boot
/// logs can be written, and makes the directory of the boot logs. An error of kind io names the one
/// that cannot be; one that is an input as well is a usage error.
Result<void> check_outputs(const CommandLine &line);

} // namespace bootperf
