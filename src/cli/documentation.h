#pragma once

#include <string>
#include <vector>

#include "cli/command_model.h"

namespace bootperf {

/// What is generated from the definition of the command line, so that it cannot say anything else:
/// completions and man pages.

/// Scripts that complete the program's command line: verbs, flags, and values where only some are
/// right; file names elsewhere.

/// For bash: `source` it, or bash-completion loads it by the program's name.
std::string bash_completion(const CommandModel &program);
/// For zsh: a file _bootperf on $fpath.
std::string zsh_completion(const CommandModel &program);
/// For fish: a file bootperf.fish in a directory of completions.
std::string fish_completion(const CommandModel &program);

struct ManPage {
  std::string file; ///< "bootperf-baseline-update.1"
  std::string text; ///< in the man macros: man(7)
};

/// A page for the program and one for each verb, as git has them; `release` stands in the footer:
/// "bootperf 1.0".
std::vector<ManPage> man_pages(const CommandModel &program, const std::string &release);

} // namespace bootperf
