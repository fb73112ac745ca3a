#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/profiling_launcher.h"
#include "bench/recorder.h"
#include "report/launch/progress.h"
#include "report/text/style.h"
#include "session/session.h"

namespace bootperf {

/// What Google Benchmark is told of launches: their phases, for people as a timeline, for programs
/// as runs of their own.

using Run = benchmark::BenchmarkReporter::Run;

/// The functions that ran most in a launch; no function where none is profiled.
using LongestFunctions = std::function<std::vector<FunctionCount>(const Launch &)>;

/// The runs that Google Benchmark reports for one benchmark, with every phase as a run of its own
/// behind each: "Launch/traced/phase:run > launch > qemu". A repetition is followed by the phases
/// of its launch, an aggregate (mean, median, stddev, cv) by the same of every phase that two
/// launches or more have measured. A failed launch stays an error and has no phases.
///
/// Real time is a phase's wall time; CPU time is what the launch cost the host, for the launch as a
/// whole, and 0 for phases, where nobody knows. Counters, where known: instructions, self_ms and,
/// for the launch, host_cpu_ms and peak_memory_bytes. repetitions says which launch of the session
/// a repetition is.
///
/// A repetition that was profiled is followed by its longest functions as well, with instructions
/// alone: "Launch/profiled/function:vmlinux sha256_update".
std::vector<Run> with_phases(const std::vector<Run> &runs, const Session &session,
                             const RepetitionPlaces &repetitions,
                             const LongestFunctions &longest = {});

/// Gives every run the same counters, not-a-number where unknown: the CSV reporter ends the program
/// when a later run has counters that the first had not.
void make_counters_uniform(std::vector<Run> &runs);

/// A benchmark's name without what Google Benchmark adds: "Launch/traced".
std::string scenario_name(const Run &run);

/// Shows people where the time of a scenario's launches went: the timeline and the longest phases.
class PhaseReporter : public benchmark::BenchmarkReporter {
public:
  /// Session and progress must outlive the reporter.
  PhaseReporter(const Session &session, Progress &progress, TextStyle style);

  bool ReportContext(const Context &context) override;
  void ReportRuns(const std::vector<Run> &runs) override;
  /// The scenarios beside each other, where there are several.
  void Finalize() override;

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
  PhaseRunsReporter(const std::string &format, const Recorder &recorder, Progress &progress,
                    LongestFunctions longest = {});

  bool ReportContext(const Context &context) override;
  void ReportRuns(const std::vector<Run> &runs) override;
  void Finalize() override;

private:
  const Recorder &recorder_;
  Progress &progress_;
  LongestFunctions longest_;
  bool uniform_; ///< CSV
  std::ostream nowhere_{nullptr};
  std::unique_ptr<BenchmarkReporter> inner_;
};

} // namespace bootperf
