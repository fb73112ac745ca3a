#include "cli/verbs.h"

#include <algorithm>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "cli/imported_session.h"
#include "cli/inputs.h"
#include "phases/rules.h"
#include "session/session_file.h"

namespace bootperf {
namespace {

struct ImportOptions {
  std::vector<std::string> logs;
  std::string output;
  std::vector<std::string> keys; ///< "K=V"
  std::string scenario;
  std::string rules;
  bool force = false;
};

std::string check_assignment(const std::string &text) {
  const std::size_t equals = text.find('=');
  return equals == 0 || equals == std::string::npos ? "expected KEY=VALUE, not " + text : "";
}

Result<ExitCode> import_logs(const ImportOptions &options) {
  if (const Result<void> apart =
          refuse_inputs(options.output, {options.logs.begin(), options.logs.end()});
      !apart)
    return tl::unexpected(apart.error());
  const Result<SessionFile> file =
      SessionFile::take(options.output, options.force ? Existing::replaced : Existing::refused);
  if (!file)
    return tl::unexpected(file.error());
  const Result<Rules> rules = load_rules(options.rules);
  if (!rules)
    return tl::unexpected(rules.error());
  Result<Inputs> inputs = read_inputs(options.logs);
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (!inputs->sessions.empty())
    return fail(ErrorKind::input, "expected boot logs, not a session");
  const Result<Session> session =
      session_of_logs(std::move(inputs->logs), {options.keys, options.scenario}, *rules);
  if (!session)
    return tl::unexpected(session.error());
  if (const Result<void> written = write_session(options.output, *session); !written)
    return tl::unexpected(written.error());

  const auto failed = std::count_if(session->launches.begin(), session->launches.end(),
                                    [](const Launch &launch) { return !launch.ok; });
  return write_output(fmt::format("{}: session {}, {} launches, {} of them failed\n",
                                  printable(options.output), session->id, session->launches.size(),
                                  failed))
      .map([] { return ExitCode::pass; });
}

} // namespace

void add_import(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App *verb = add_verb(
      program, "import", "Make a session from boot logs recorded elsewhere, in the order given",
      {"bootperf import first.jsonl second.jsonl -o session.json",
       "bootperf import *.jsonl -o session.json --class cpu_model='EPYC 7763' --class os=debian-12",
       "bootperf import log.jsonl -o session.json --scenario Launch/nightly"});
  verb->add_option("LOG", options->logs,
                   "Boot logs, or the output of libguestfs-test-tool or of a tool with -v -x")
      ->required();
  verb->add_option("-o,--output", options->output, "The session file")->required();
  verb->add_flag("--force", options->force, "Replace a file that is there already");
  verb->add_option("--class", options->keys,
                   "KEY=VALUE for a key that a log's header lacks; repeatable")
      ->check(check_assignment)
      ->allow_extra_args(false);
  verb->add_option("--scenario", options->scenario, "The scenario's name (Launch/MODE)");
  verb->add_option("--rules", options->rules, "Phase rules in place of those shipped inside");
  verbs.push_back({verb, [options] { return import_logs(*options); }});
}

} // namespace bootperf
