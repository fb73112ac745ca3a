#pragma once

#include <string>
#include <vector>

#include "report/check/context.h"
#include "report/text/style.h"
#include "verdict/explain/report.h"

namespace bootperf {

struct SelfTest;

// What a check or a comparison is written as, a format a .cpp file; how a comparison stands while
// it runs (standing.cpp); and the self-test of the gate.

/// What came out of a check, where and why: a sentence for each scenario, and a line for each phase
/// that did not pass.
std::string check_brief(const CheckReport &report, const TextStyle &style);

/// The report of a check for people: a sentence for each scenario that decides and a line for each
/// phase that did not pass, then the table of gated phases, the baseline, what differs, and the
/// command that mends it.
std::string check_text(const CheckReport &report, const TextStyle &style);

/// The report of a check as a comment on a pull request or the summary of a CI job (GitHub's
/// markdown). The sentence of the verdict comes first, then the launch as a whole, the phases and
/// functions that moved, with bars, what makes it reproducible or accepted, and where it comes
/// from; the tables are folded. Stays below the 65,536 characters that GitHub takes: of what is
/// folded lines are left out then, which is said. Whatever comes from outside is escaped: it can be
/// neither markup nor HTML, neither link nor mention.
std::string check_markdown(const CheckReport &report, const CheckContext &context);

/// The report of a check as JSON, with the names of the structs' fields. docs/check.schema.json is
/// its schema, "check" the version of it. Ratios are plain numbers: 1.041, not 4.1 %; what cannot
/// be computed is null.
std::string check_json(const CheckReport &report);

/// The report of a check as comma-separated values (RFC 4180): a record for each gated phase and
/// for each place below it, and one for a scenario without either. Columns are named as in
/// check_json(); ratios are plain numbers.
std::string check_csv(const CheckReport &report);

/// The report of a check as JUnit XML: a suite for each scenario, a case for each gated phase. A
/// regression fails; what is inconclusive, not measured, or a regression that is only advisory, is
/// skipped with its reason, never passed; the suite's output is the sentence of its verdict. What
/// comes from outside is escaped.
std::string junit(const CheckReport &report);

/// The report of a check as workflow commands of GitHub Actions, one a line: an error for what
/// regressed, a warning for what is inconclusive or not measured, a notice for what improved and
/// for all that is advisory; each on the line of the policy that decides it. Nothing when all
/// passed. What comes from outside can neither end a command nor begin one.
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string github_annotations(const CheckReport &report);

/// How a comparison stands while it runs: a line for each gated phase that is not decided yet.
std::vector<std::string> undecided_lines(const CheckReport &report, const TextStyle &style);

/// The same in one line: "after 10 blocks 4 of 6 phases are decided; open: /init, guestfsd". ""
/// when nothing is gated.
std::string standing_text(const CheckReport &report, const TextStyle &style);

/// The self-test as tables: how often each rule fails a build in which nothing changed, how often
/// it finds one slowed phase and names it, and what the first rule sees phase by phase.
std::string self_test_text(const SelfTest &test, const TextStyle &style);

/// The same for programs. docs/selftest.md states the keys.
std::string self_test_json(const SelfTest &test);

} // namespace bootperf
