#include "cli/baseline_verbs.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/baseline_show.h"
#include "cli/baseline_update.h"
#include "cli/output.h"

namespace bootperf {
namespace {

void add_update(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineUpdateOptions>();
  CLI::App *verb =
      add_verb(baseline, "update",
               "Add sessions to the baselines of their classes, or begin them anew with --accept",
               {"bootperf baseline update monday.json tuesday.json wednesday.json",
                "bootperf baseline update session.json --accept 'the new kernel probes more'"});
  verb->add_option("SESSION", options->sessions, "Sessions")->required();
  verb->add_option("--thresholds", options->directory,
                   "The directory of policy.yaml and the baselines (thresholds)");
  verb->add_option("--accept", options->accept,
                   "The reason why a change is intended: what was stored before goes, the reason "
                   "is kept");
  verb->add_option("--metric", options->metric, "Only wall, or only instructions")
      ->check(CLI::IsMember({"wall", "instructions"}));
  verb->add_option("--scenario", options->scenario, "Only this scenario of the sessions");
  verbs.push_back({verb, [options] { return baseline_update(*options); }});
}

void add_show_one(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineShowOptions>();
  CLI::App *verb =
      add_verb(baseline, "show", "Show baselines: class, provenance and phases",
               {"bootperf baseline show", "bootperf baseline show x86_64-tcg-launch-counted"});
  verb->add_option("CLASS", options->name, "The beginning of a file's name; without, every one");
  verb->add_option("--thresholds", options->directory, "The directory (thresholds)");
  verbs.push_back({verb, [options] { return baseline_show(*options); }});
}

void add_list(CLI::App &baseline, Verbs &verbs) {
  const auto options = std::make_shared<BaselineShowOptions>();
  CLI::App *verb =
      add_verb(baseline, "list", "List the baselines of a directory, one a line",
               {"bootperf baseline list", "bootperf baseline list --thresholds /tmp/t"});
  verb->add_option("--thresholds", options->directory, "The directory (thresholds)");
  verbs.push_back({verb, [options] { return baseline_list(*options); }});
}

} // namespace

void add_baseline(CLI::App &program, Verbs &verbs) {
  CLI::App *baseline = add_verb(program, "baseline", "What sessions are checked against",
                                {"bootperf baseline update session.json", "bootperf baseline show",
                                 "bootperf baseline list"});
  baseline->require_subcommand(1);
  add_update(*baseline, verbs);
  add_show_one(*baseline, verbs);
  add_list(*baseline, verbs);
}

} // namespace bootperf
