#pragma once

#include "cli/command_line.h"

namespace bootperf {

/// The verbs of bootperf, one file each (NAME_verb.cpp): every function adds a verb with its flags
/// and its help to the program.

void add_baseline(CLI::App &program, Verbs &verbs); ///< update, profile, show, list
/// `baseline profile`, which is large enough for a file of its own (baseline_profile.cpp): to the
/// verb that it is a part of.
void add_baseline_profile(CLI::App &baseline, Verbs &verbs);
void add_capacity(CLI::App &program, Verbs &verbs);
void add_check(CLI::App &program, Verbs &verbs);
void add_compare(CLI::App &program, Verbs &verbs);
void add_doctor(CLI::App &program, Verbs &verbs);
/// `completion SHELL`, for people, and `manual DIRECTORY`, for the build: both out of the
/// definition of every verb of the program.
void add_documentation(CLI::App &program, Verbs &verbs);
void add_gate(CLI::App &program, Verbs &verbs);
void add_import(CLI::App &program, Verbs &verbs);
void add_merge(CLI::App &program, Verbs &verbs);
void add_profile(CLI::App &program, Verbs &verbs);
void add_report(CLI::App &program, Verbs &verbs);
void add_run(CLI::App &program, Verbs &verbs);
void add_selftest(CLI::App &program, Verbs &verbs);
void add_show(CLI::App &program, Verbs &verbs);
void add_suggest(CLI::App &program, Verbs &verbs);
void add_trend(CLI::App &program, Verbs &verbs); ///< add, list, check, report, export
void add_what_if(CLI::App &program, Verbs &verbs);

} // namespace bootperf
