#pragma once

#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/recorder.h"
#include "report/progress.h"
#include "report/text_style.h"
#include "session/session.h"

namespace bootperf {

/// Shows people where the time of a scenario's launches went: the timeline and the longest phases.
class PhaseReporter : public benchmark::BenchmarkReporter {
public:
  /// Session and progress must outlive the reporter.
  PhaseReporter(const Session &session, Progress &progress, TextStyle style);

  bool ReportContext(const Context &context) override;
  void ReportRuns(const std::vector<Run> &runs) override;

private:
  const Session &session_;
  Progress &progress_;
  TextStyle style_;
  std::set<std::string> shown_; ///< scenarios: repetitions and aggregates are reported one by one
};

/// Hands every phase on to one of Google Benchmark's own reporters as a run of its own.
class PhaseRunsReporter : public benchmark::BenchmarkReporter {
public:
  /// format is console, json or csv. Recorder and progress must outlive the reporter.
  PhaseRunsReporter(const std::string &format, const Recorder &recorder, Progress &progress);

  bool ReportContext(const Context &context) override;
  void ReportRuns(const std::vector<Run> &runs) override;
  void Finalize() override;

private:
  const Recorder &recorder_;
  Progress &progress_;
  bool uniform_; ///< CSV
  std::ostream nowhere_{nullptr};
  std::unique_ptr<BenchmarkReporter> inner_;
};

} // namespace bootperf
