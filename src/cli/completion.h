#pragma once

#include <string>

#include "cli/command_model.h"

namespace bootperf {

/// Scripts that complete the program's command line: verbs, flags, and values where only some are
/// right; file names elsewhere.

/// For bash: `source` it, or bash-completion loads it by the program's name.
std::string bash_completion(const CommandModel &program);
/// For zsh: a file _bootperf on $fpath.
std::string zsh_completion(const CommandModel &program);
/// For fish: a file bootperf.fish in a directory of completions.
std::string fish_completion(const CommandModel &program);

} // namespace bootperf
