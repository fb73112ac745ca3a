#include "cli/verbs.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "capture/log/fate.h"
#include "cli/inputs.h"
#include "report/launch/formats.h"

namespace bootperf {
namespace {

struct ShowOptions {
  std::vector<std::string> files;
  std::string format = "text";
  std::string rules;
};

/// A recorded launch with its log.
struct RecordedLog {
  const BootLog *log = nullptr;
  const Launch *launch = nullptr;
};

// Recorded launches are averaged as they are: a warm-up or a rebuilt appliance is not known of
// most.
Launches launches_of_logs(const std::vector<RecordedLog> &recorded) {
  Launches shown;
  shown.title =
      recorded.size() == 1 ? recorded[0].log->name : fmt::format("{} boot logs", recorded.size());
  for (const auto &[log, launch] : recorded) {
    if (launch->ok)
      shown.trees.push_back(&launch->phases);
    else
      shown.failed.push_back({log->name, launch->failure_phase, launch->failure, launch->last_lines,
                              log->value("backend")});
    for (const std::string &note : fate_of(*log).notes)
      shown.notes.push_back(note);
    if (!log->times.empty())
      shown.notes.push_back("times: " + log->times);
  }
  // One may still see how far the only one got.
  if (shown.trees.empty() && recorded.size() == 1)
    shown.trees.push_back(&recorded[0].launch->phases);
  return shown;
}

// Boot logs are launches alike, and averaged. What is in a text was made by whoever wrote it: each
// of its launches is shown by itself.
std::vector<Launches> shown_launches(const std::vector<BootLog> &logs,
                                     const std::vector<Launch> &launches) {
  std::vector<Launches> shown;
  std::vector<RecordedLog> alike;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (logs[i].times.empty())
      alike.push_back({&logs[i], &launches[i]});
    else
      shown.push_back(launches_of_logs({{&logs[i], &launches[i]}}));
  }
  if (!alike.empty())
    shown.insert(shown.begin(), launches_of_logs(alike));
  return shown;
}

std::string session_text(const Session &session) {
  std::string text = fmt::format("session {}", printable(session.id));
  if (!session.created.empty())
    text += ", " + printable(session.created);
  if (!session.commit.empty())
    text += ", commit " + printable(session.commit);
  text += '\n';
  for (const std::string &warning : session.warnings)
    text += "warning: " + printable(warning) + '\n';
  return text + '\n';
}

Result<ExitCode> print(const std::string &text) {
  return write_output(text).map([] { return ExitCode::pass; });
}

Result<ExitCode> show(const ShowOptions &options) {
  const Result<Rules> rules = load_rules(options.rules);
  if (!rules)
    return tl::unexpected(rules.error());
  const Result<Inputs> inputs = read_inputs(options.files);
  if (!inputs)
    return tl::unexpected(inputs.error());

  const std::vector<Launch> recorded = launches_from(inputs->logs, *rules);
  if (recorded.size() == 1 && inputs->sessions.empty() && options.format != "text")
    return print(options.format == "json" ? launch_json(inputs->logs[0], recorded[0].phases)
                                          : launch_csv(recorded[0].phases));
  std::vector<Launches> all;
  std::string text;
  for (Launches &each : shown_launches(inputs->logs, recorded)) {
    text += (text.empty() ? "" : "\n") + launches_text(each, output_style());
    all.push_back(std::move(each));
  }
  for (const Session &session : inputs->sessions) {
    text += (text.empty() ? "" : "\n") + session_text(session);
    for (const Scenario &scenario : session.scenarios) {
      all.push_back(launches_of(session, scenario));
      text += (&scenario == &session.scenarios.front() ? "" : "\n") +
              launches_text(all.back(), output_style());
      if (inputs->sessions.size() > 1) // elsewhere only the title tells them apart
        all.back().title = session.id + " " + all.back().title;
    }
    if (const std::string beside = scenarios_text(session, output_style()); !beside.empty())
      text += '\n' + beside;
  }
  if (options.format == "text")
    return print(text);
  return print(options.format == "json" ? launches_json(all) : launches_csv(all));
}

} // namespace

void add_show(CLI::App &program, Verbs &verbs) {
  const auto options = std::make_shared<ShowOptions>();
  CLI::App *verb = add_verb(
      program, "show", "Show where the time of boot logs or sessions went",
      {"bootperf show log.jsonl                   the timeline of one launch",
       "bootperf show first.jsonl second.jsonl    the mean of several launches",
       "bootperf show session.json --format csv   every phase of a session, for a spreadsheet",
       "libguestfs-test-tool 2>&1 | ts -s %.s | bootperf show -    a launch as text, with times"});
  verb->add_option(
          "FILE", options->files,
          "Boot logs, sessions, and the output of libguestfs-test-tool or of a tool with -v "
          "-x, told apart by their content; - is standard input")
      ->required();
  verb->add_option("--format", options->format, "text, json or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}));
  verb->add_option("--rules", options->rules, "Phase rules in place of those shipped inside");
  verbs.push_back({verb, [options] { return show(*options); }});
}

} // namespace bootperf
