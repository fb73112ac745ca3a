#include "bench/phase_reporter.h"

#include <algorithm>

#include "base/text.h"
#include "bench/benchmark_versions.h"
#include "bench/phase_runs.h"
#include "report/launches.h"
#include "report/longest.h"
#include "report/timeline.h"

namespace bootperf {
namespace {

using Reporter = std::unique_ptr<benchmark::BenchmarkReporter>;

// The CSV reporter is announced to go one day, and is still what --benchmark_format=csv means.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
Reporter csv_reporter() {
  return std::make_unique<benchmark::CSVReporter>();
}
#pragma GCC diagnostic pop

Reporter library_reporter(const std::string &format) {
  if (format == "json") {
    return std::make_unique<benchmark::JSONReporter>();
  }
  if (format == "csv") {
    return csv_reporter();
  }
  return std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
}

} // namespace

PhaseReporter::PhaseReporter(const Session &session, Progress &progress, TextStyle style)
    : session_(session), progress_(progress), style_(style) {}

bool PhaseReporter::ReportContext(const Context &) {
  return true;
}

void PhaseReporter::ReportRuns(const std::vector<Run> &runs) {
  if (runs.empty() || !shown_.insert(scenario_name(runs.front())).second) {
    return;
  }
  progress_.clear();
  auto &out = GetOutputStream();
  const Scenario *scenario = session_.scenario(scenario_name(runs.front()));
  if (scenario) {
    const Launches launches = launches_of(session_, *scenario);
    out << '\n' << timeline(launches, style_);
    if (std::ranges::any_of(launches.trees,
                            [](const PhaseTree *tree) { return tree != nullptr; })) {
      out << '\n' << longest_text(longest_phases(launches), style_);
    }
  } else {
    // Nothing was launched at all; the error is all there is to say.
    for (Run run : runs) {
      if (failed(run)) {
        out << scenario_name(run) << ": " << printable(error_message(run)) << '\n';
        break;
      }
    }
  }
  out << std::flush;
}

PhaseRunsReporter::PhaseRunsReporter(const std::string &format, const Recorder &recorder,
                                     Progress &progress)
    : recorder_(recorder), progress_(progress), uniform_(format == "csv"),
      inner_(library_reporter(format)) {}

bool PhaseRunsReporter::ReportContext(const Context &context) {
  inner_->SetOutputStream(&GetOutputStream());
  // The library would write the machine's description in front of the table, which no reader of CSV
  // takes.
  inner_->SetErrorStream(uniform_ ? &nowhere_ : &GetErrorStream());
  return inner_->ReportContext(context);
}

void PhaseRunsReporter::ReportRuns(const std::vector<Run> &runs) {
  progress_.clear();
  auto reported = with_phases(runs, recorder_.session(), recorder_.repetitions());
  if (uniform_) {
    make_counters_uniform(reported);
  }
  inner_->ReportRuns(reported);
}

void PhaseRunsReporter::Finalize() {
  inner_->Finalize();
}

} // namespace bootperf
