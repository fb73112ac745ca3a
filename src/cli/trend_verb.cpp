#include "cli/inputs.h"
#include "cli/verbs.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/text.h"
#include "cli/thresholds.h"
#include "report/page/pages.h"
#include "report/trend/formats.h"
#include "session/session_set.h"
#include "trend/causes.h"
#include "trend/check.h"
#include "trend/history.h"
#include "trend/record.h"
#include "trend/store/database.h"
#include "trend/store/store.h"

namespace bootperf {
namespace {

/// What every verb of `trend` has.
struct TrendPlace {
  std::string place = "trend.db"; ///< a SQLite file or postgresql://…
};

/// Which part of a trend is meant; "" is all of it.
struct TrendPart {
  std::string machine_class; ///< how its name begins
  std::string metric;        ///< "wall" or "instructions"
  std::string phase;         ///< a phase's id or the end of one, at a " > "
};

void add_place(CLI::App &verb, TrendPlace &place) {
  verb.add_option("--store", place.place,
                  "Where the trend is: a SQLite file or postgresql://HOST/DATABASE (trend.db)")
      ->envname("BOOTPERF_TREND");
}

// A CI job that stands still should say why.
Patience patience() {
  Patience patience;
  patience.told = [](const std::string &sentence) { write_error("bootperf: " + sentence + "\n"); };
  return patience;
}

Result<History> read_trend(const TrendPlace &place) {
  Result<Database> database = Database::connect_to_read(place.place, patience());
  if (!database)
    return tl::unexpected(database.error());
  if (Result<void> known = check_schema(*database); !known)
    return tl::unexpected(known.error());
  return read_history(*database);
}

void add_part(CLI::App &verb, TrendPart &part) {
  verb.add_option("--class", part.machine_class, "Only classes whose names begin with this");
  verb.add_option("--metric", part.metric, "Only wall, or only instructions")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb.add_option("--phase", part.phase, "Only this phase: its name, or the end of its id");
}

bool is_meant(const std::string &phase, const TrendPart &part) {
  return part.phase.empty() || phase == part.phase || phase.ends_with(" > " + part.phase);
}

History part_of(History history, const TrendPart &part) {
  for (ClassHistory &each : history.classes)
    std::erase_if(each.series,
                  [&](const PhaseSeries &series) { return !is_meant(series.phase, part); });
  std::erase_if(history.classes, [&](const ClassHistory &each) {
    return !each.name.starts_with(part.machine_class) || each.series.empty() ||
           (!part.metric.empty() && to_text(each.machine_class.metric) != part.metric);
  });
  return history;
}

struct TrendAddOptions {
  TrendPlace store;
  std::vector<std::string> sessions;
  std::string directory = "thresholds";
};

/// What a session's file, or that of a set of them, adds to a trend.
Result<std::vector<SessionRecord>> records_in(const std::string &path, const Policy &policy) {
  const Result<std::vector<Session>> sessions = read_session_set(path);
  if (!sessions)
    return tl::unexpected(sessions.error());
  std::vector<SessionRecord> records;
  for (const Session &session : *sessions) {
    Result<SessionRecord> record = record_of(session, policy);
    if (!record)
      return tl::unexpected(Error{record.error().kind, record.error().message, {path, 0, 0}});
    records.push_back(std::move(*record));
  }
  return records;
}

Result<Database> open_to_add(const TrendPlace &place) {
  Result<Database> database = Database::connect_or_create(place.place, patience());
  if (!database)
    return database;
  if (Result<void> migrated = migrate(*database); !migrated)
    return tl::unexpected(migrated.error());
  return database;
}

Result<void> add(Database &database, const SessionRecord &record, const std::string &path) {
  const Result<Added> added = add_session(database, record);
  if (!added)
    return tl::unexpected(added.error());
  for (const std::string &each : record.left_out)
    write_error(fmt::format("bootperf: {}: left out {}\n", printable(path), printable(each)));
  return write_output(fmt::format(
      "{} {}\n", *added == Added::now ? "added" : "already there:", printable(record.session)));
}

// Adds sessions, each as a whole, and says so once it is stored. Those of files before one that
// cannot be read stay; when that is the first, no trend is made.
Result<ExitCode> trend_add(const TrendAddOptions &options) {
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  std::optional<Database> database;
  bool complete = true;
  for (const std::string &path : options.sessions) {
    const Result<std::vector<SessionRecord>> records = records_in(path, *policy);
    if (!records)
      return tl::unexpected(records.error());
    if (!database) {
      Result<Database> opened = open_to_add(options.store);
      if (!opened)
        return tl::unexpected(opened.error());
      database.emplace(std::move(*opened));
    }
    for (const SessionRecord &record : *records) {
      if (Result<void> added = add(*database, record, path); !added)
        return tl::unexpected(added.error());
      complete = complete && record.left_out.empty();
    }
  }
  return complete ? ExitCode::pass : ExitCode::not_measured;
}

struct TrendListOptions {
  TrendPlace store;
  std::size_t sessions = 20;
};

// Prints what a trend holds.
Result<ExitCode> trend_list(const TrendListOptions &options) {
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  return write_output(trend_list_text(*history, options.sessions, output_style())).map([] {
    return ExitCode::pass;
  });
}

struct TrendCheckOptions {
  TrendPlace store;
  TrendSettings settings;
  std::string directory = "thresholds";
  bool all = false;                  ///< list every step
  std::optional<std::string> accept; ///< the reason
  std::optional<std::string> by;     ///< who accepts; else whom one_here() finds
  TrendPart accepted;                ///< which steps it is for
};

/// A phase stands for the causes that show in it: with a step in it are meant the same cause's
/// steps in the phases around and inside it, and not those beside it.
bool is_meant(const PhaseStep &step, const StepCause &cause, const TrendPart &part) {
  return std::ranges::any_of(cause.steps, [&](const PhaseStep *each) {
    return is_meant(each->phase, part) && is_on_one_path(each->phase, step.phase);
  });
}

std::vector<StepToAccept> meant_steps(const History &history, const TrendCheck &check,
                                      const TrendPart &part) {
  std::vector<StepToAccept> steps;
  for (const ClassTrend &trend : check.classes) {
    if (!trend.history->name.starts_with(part.machine_class))
      continue;
    const std::vector<StepCause> causes = step_causes(trend);
    // The command that a cause is told with names its phase: others may show in that phase, too.
    const bool names_one = std::ranges::any_of(causes, [&](const StepCause &cause) {
      return cause.state == StepState::open && is_meant(cause.named->phase, part);
    });
    for (const StepCause &cause : causes) {
      if (names_one && !is_meant(cause.named->phase, part))
        continue;
      for (const PhaseStep *step : cause.steps)
        if (cause.state == StepState::open && is_meant(*step, cause, part)) {
          const std::uint32_t first = trend.nights.nights[step->night].sessions.front();
          steps.push_back({step->series, history.sessions[first].id});
        }
    }
  }
  return steps;
}

/// Who works here: on a CI server whom it works for, else the author of commits, else the user.
std::string one_here() {
  if (const char *actor = std::getenv("GITHUB_ACTOR"); actor != nullptr && *actor != '\0')
    return actor;
  std::string name(first_line(output_of({"git", "config", "user.name"})));
  if (const char *user = std::getenv("USER"); name.empty() && user != nullptr)
    name = user;
  return name;
}

Result<void> accept(const TrendCheckOptions &options, const Policy &policy) {
  const std::string reason = printable(*options.accept);
  if (reason.empty() || reason.size() > longest_trend_text)
    return fail(ErrorKind::usage,
                fmt::format("expected a reason of 1 to {} bytes", longest_trend_text));
  const std::string by = printable(options.by.value_or(one_here()));
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const TrendCheck check = check_trend(*history, policy, options.settings);
  const std::vector<StepToAccept> steps = meant_steps(*history, check, options.accepted);
  if (steps.empty())
    return fail(ErrorKind::usage,
                check.open().empty()
                    ? "there is no open step to accept"
                    : "no open step is of this phase and class; `bootperf trend check` lists those "
                      "that are open");
  Result<Database> database = Database::connect(options.store.place, patience());
  if (!database)
    return tl::unexpected(database.error());
  return accept_steps(*database, steps,
                      {reason, std::string(beginning(by, longest_trend_text)),
                       utc_text(std::chrono::system_clock::now())});
}

// Looks for open steps, prints them, and exits with the verdict; with --accept keeps the reason
// with them first.
Result<ExitCode> trend_check(const TrendCheckOptions &options) {
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  if (options.accept)
    if (Result<void> accepted = accept(options, *policy); !accepted)
      return tl::unexpected(accepted.error());
  const Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const TrendCheck check = check_trend(*history, *policy, options.settings);
  const auto text = options.all ? trend_steps_text : trend_check_text;
  return write_output(text(*history, check, output_style())).map([&] { return check.exit; });
}

struct TrendReportOptions {
  TrendPlace store;
  TrendPart part;
  TrendSettings settings;
  std::string directory = "thresholds";
  std::string output;     ///< a directory
  std::string repository; ///< an address; ""
};

/// A page that leads somewhere else than people think would be worse than none.
Result<void> check_address(const std::string &address) {
  const bool is_web = address.starts_with("https://") || address.starts_with("http://");
  if (address.empty() || (is_web && address.find_first_of(" \"'<>\\") == std::string::npos &&
                          printable(address) == address))
    return {};
  return fail(ErrorKind::usage,
              "--repository: expected an address as https://github.com/OWNER/NAME");
}

// Writes the trend as a page, index.html in a directory.
Result<ExitCode> trend_report(const TrendReportOptions &options) {
  if (Result<void> address = check_address(options.repository); !address)
    return tl::unexpected(address.error());
  const Result<Policy> policy = policy_in(options.directory);
  if (!policy)
    return tl::unexpected(policy.error());
  Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const History part = part_of(std::move(*history), options.part);
  const TrendCheck check = check_trend(part, *policy, options.settings);
  const std::string path = options.output + "/index.html";
  if (Result<void> written = replace_file(path, trend_page(part, check, options.repository));
      !written)
    return tl::unexpected(written.error());
  return write_output(fmt::format("page: {}\n", printable(path))).map([] {
    return ExitCode::pass;
  });
}

struct TrendExportOptions {
  TrendPlace store;
  TrendPart part;
  std::string format; ///< "openmetrics" or "csv"
  std::string output; ///< a file; "": standard output
};

// Writes the points of a trend for another program.
Result<ExitCode> trend_export(const TrendExportOptions &options) {
  Result<History> history = read_trend(options.store);
  if (!history)
    return tl::unexpected(history.error());
  const History part = part_of(std::move(*history), options.part);
  if (part.classes.empty())
    return fail(ErrorKind::usage, "the trend has no such class, metric and phase; `bootperf trend "
                                  "list` lists what there is");
  if (!options.output.empty() && holds_launches(options.output))
    return fail(ErrorKind::usage,
                "this file holds launches, and would be overwritten: give another",
                {options.output, 0, 0});
  const std::string text = options.format == "csv" ? trend_csv(part) : trend_openmetrics(part);
  const Result<void> written =
      options.output.empty() ? write_output(text) : replace_file(options.output, text);
  return written.map([] { return ExitCode::pass; });
}

constexpr const char *thresholds_help = "The directory of policy.yaml (thresholds)";

void add_trend_add(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendAddOptions>();
  CLI::App *verb =
      add_verb(trend, "add", "Add sessions to the trend; one that it holds already stays as it is",
               {"bootperf trend add session.json",
                "bootperf trend add --store postgresql://ci@db.example/boot session.json"});
  verb->add_option("SESSION", options->sessions, "Sessions")->required();
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_add(*options); }});
}

void add_trend_list(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendListOptions>();
  CLI::App *verb = add_verb(trend, "list", "List the classes of a trend and its last sessions",
                            {"bootperf trend list", "bootperf trend list --sessions 100"});
  verb->add_option("--sessions", options->sessions, "How many of the last sessions to list (20)");
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_list(*options); }});
}

void add_trend_check(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendCheckOptions>();
  CLI::App *verb = add_verb(
      trend, "check", "Look for steps in every phase; exits with 1 while a slower one is open",
      {"bootperf trend check", "bootperf trend check --all --tolerance 0.05",
       "bootperf trend check --accept 'the new kernel probes more' --phase /init"});
  verb->add_option("--nights", options->settings.nights,
                   "How many nights a step has to come into sight (7)")
      ->check(CLI::Range(1, 1000));
  verb->add_option("--tolerance", options->settings.tolerance,
                   "Changes below this ratio are not steps (0.02); a gate's smaller tolerance wins")
      ->check(CLI::Range(0.0001, 10.0));
  verb->add_flag("--all", options->all, "List accepted, reversed, old and faster steps, too");
  verb->add_option("--accept", options->accept,
                   "Why the open steps are intended; the reason is kept in the trend");
  verb->add_option("--by", options->by, "Who accepts (GITHUB_ACTOR, git's user.name, or USER)")
      ->needs("--accept");
  verb->add_option("--class", options->accepted.machine_class,
                   "Accept in classes whose names begin with this")
      ->needs("--accept");
  verb->add_option("--phase", options->accepted.phase,
                   "Accept what shows in this phase: its name, or the end of its id")
      ->needs("--accept");
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_check(*options); }});
}

void add_trend_report(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendReportOptions>();
  CLI::App *verb = add_verb(
      trend, "report", "Write a page with a line per phase, its steps and commits",
      {"bootperf trend report -o public", "bootperf trend report -o public --metric instructions"});
  verb->add_option("-o,--output", options->output, "The directory for index.html")->required();
  verb->add_option(
      "--repository", options->repository,
      "Where the commits are, as https://github.com/OWNER/NAME: the page links to them");
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_part(*verb, options->part);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_report(*options); }});
}

void add_trend_export(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendExportOptions>();
  CLI::App *verb = add_verb(trend, "export", "Write a trend for another program",
                            {"bootperf trend export --format csv -o trend.csv",
                             "bootperf trend export --format openmetrics --phase launch"});
  verb->add_option("--format", options->format, "openmetrics or csv")
      ->required()
      ->check(CLI::IsMember({"openmetrics", "csv"}));
  verb->add_option("-o,--output", options->output, "The file to write (standard output)");
  add_part(*verb, options->part);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_export(*options); }});
}

} // namespace

void add_trend(CLI::App &program, Verbs &verbs) {
  CLI::App *trend = add_verb(program, "trend", "The history of many sessions, and the steps in it",
                             {"bootperf trend add session.json", "bootperf trend check"});
  trend->require_subcommand(1);
  add_trend_add(*trend, verbs);
  add_trend_list(*trend, verbs);
  add_trend_check(*trend, verbs);
  add_trend_report(*trend, verbs);
  add_trend_export(*trend, verbs);
}

} // namespace bootperf
