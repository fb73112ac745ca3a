#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "report/text/style.h"

namespace CLI {
class App;
}

namespace bootperf {

/// The frame that every verb stands in: how it is added to the program, told its command line, and
/// how it answers.

/// A verb of the program and what it does when it was given.
struct Verb {
  CLI::App *command = nullptr; ///< owned by the program
  std::function<Result<ExitCode>()> run;
};

using Verbs = std::vector<Verb>;

/// Adds a verb with its help: what it does in a sentence, and examples.
CLI::App *add_verb(CLI::App &parent, const std::string &name, const std::string &description,
                   const std::vector<std::string> &examples);

/// Reads arguments that a session was made with, as they are kept in it, into the flags of a
/// parser; an input error when they cannot be read.
Result<void> read_kept_arguments(CLI::App &parser, const std::vector<std::string> &arguments);

/// Adds --bisect, which maps the exit codes of the verb for `git bisect run`.
void add_bisect_flag(CLI::App &verb);

/// 3 and 4 (not decided) become 125, which skips the commit; 2 becomes 128, which stops.
int for_git_bisect(int status);

/// Reads the command line and runs the verb it names. Errors go to standard error: a wrong word
/// with the nearest right one. Returns the exit code of the process.
int run_command_line(CLI::App &program, const Verbs &verbs, int argc, const char *const *argv);

/// Standard output: an error when it cannot be written (a full disk, a closed pipe), because a
/// report that nobody got is not a report.
Result<void> write_output(std::string_view text);

void write_error(std::string_view text);

/// How standard output wants its text.
TextStyle output_style();

} // namespace bootperf
