#include "cli/trend_verbs.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/trend_add.h"
#include "cli/trend_check.h"
#include "cli/trend_export.h"
#include "cli/trend_list.h"
#include "cli/trend_report.h"

namespace bootperf {
namespace {

constexpr const char *thresholds_help = "The directory of policy.yaml (thresholds)";

void add_add(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendAddOptions>();
  CLI::App *verb =
      add_verb(trend, "add", "Add sessions to the trend; one that is there already stays as it is",
               {"bootperf trend add session.json",
                "bootperf trend add --store postgresql://ci@db.example/boot session.json"});
  verb->add_option("SESSION", options->sessions, "Sessions")->required();
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_add(*options); }});
}

void add_list(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendListOptions>();
  CLI::App *verb = add_verb(trend, "list", "List the classes of a trend and its last sessions",
                            {"bootperf trend list", "bootperf trend list --sessions 100"});
  verb->add_option("--sessions", options->sessions, "How many sessions (20)");
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_list(*options); }});
}

void add_check(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendCheckOptions>();
  CLI::App *verb =
      add_verb(trend, "check", "Look for steps in every phase; exits with 1 on a new slower one",
               {"bootperf trend check", "bootperf trend check --all --tolerance 0.05",
                "bootperf trend check --accept 'the new kernel probes more' --phase /init"});
  verb->add_option("--nights", options->settings.nights, "For how many nights a step is new (7)")
      ->check(CLI::Range(1, 1000));
  verb->add_option(
          "--tolerance", options->settings.tolerance,
          "Smaller changes are no steps, as a ratio (0.02); a gate's smaller tolerance wins")
      ->check(CLI::Range(0.0001, 10.0));
  verb->add_flag("--all", options->all, "List old, accepted and faster steps too");
  verb->add_option("--accept", options->accept,
                   "The reason why the new steps are intended; it is kept in the trend");
  verb->add_option("--class", options->accepted.machine_class,
                   "Accept in classes whose name begins so")
      ->needs("--accept");
  verb->add_option("--phase", options->accepted.phase,
                   "Accept in this phase: its name, or the end of its id")
      ->needs("--accept");
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_check(*options); }});
}

void add_report(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendReportOptions>();
  CLI::App *verb = add_verb(
      trend, "report", "Write a page with a line per phase, its steps and commits",
      {"bootperf trend report -o public", "bootperf trend report -o public --metric instructions"});
  verb->add_option("-o,--output", options->output, "The directory for index.html")->required();
  verb->add_option("--thresholds", options->directory, thresholds_help);
  add_part(*verb, options->part);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_report(*options); }});
}

void add_export(CLI::App &trend, Verbs &verbs) {
  const auto options = std::make_shared<TrendExportOptions>();
  CLI::App *verb = add_verb(trend, "export", "Write a trend for another program",
                            {"bootperf trend export --format csv -o trend.csv",
                             "bootperf trend export --format openmetrics --phase launch"});
  verb->add_option("--format", options->format, "openmetrics or csv")
      ->required()
      ->check(CLI::IsMember({"openmetrics", "csv"}));
  verb->add_option("-o,--output", options->output, "A file in place of standard output");
  add_part(*verb, options->part);
  add_place(*verb, options->store);
  verbs.push_back({verb, [options] { return trend_export(*options); }});
}

} // namespace

void add_trend(CLI::App &program, Verbs &verbs) {
  CLI::App *trend = add_verb(program, "trend", "The history of many sessions, and the steps in it",
                             {"bootperf trend add session.json", "bootperf trend check"});
  trend->require_subcommand(1);
  add_add(*trend, verbs);
  add_list(*trend, verbs);
  add_check(*trend, verbs);
  add_report(*trend, verbs);
  add_export(*trend, verbs);
}

} // namespace bootperf
