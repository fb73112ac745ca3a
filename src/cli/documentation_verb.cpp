#include "cli/verbs.h"

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "base/files.h"
#include "cli/documentation.h"

namespace bootperf {
namespace {

Result<ExitCode> print_completion(const std::string &shell, const CommandModel &program) {
  const std::string text = shell == "bash"  ? bash_completion(program)
                           : shell == "zsh" ? zsh_completion(program)
                                            : fish_completion(program);
  return write_output(text).map([] { return ExitCode::pass; });
}

Result<ExitCode> write_manual(const std::string &directory, const CommandModel &program) {
  for (const ManPage &page : man_pages(program, "bootperf " BOOTPERF_VERSION)) {
    const auto path = std::filesystem::path(directory) / page.file;
    if (const Result<void> written = replace_file(path, page.text); !written)
      return tl::unexpected(written.error());
  }
  return ExitCode::pass;
}

void add_completion(CLI::App &program, Verbs &verbs) {
  const auto shell = std::make_shared<std::string>();
  CLI::App *verb = add_verb(
      program, "completion", "Print a completion script for a shell",
      {"source <(bootperf completion bash)", "bootperf completion zsh > \"${fpath[1]}/_bootperf\"",
       "bootperf completion fish > ~/.config/fish/completions/bootperf.fish"});
  verb->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verbs.push_back(
      {verb, [shell, &program] { return print_completion(*shell, command_model(program)); }});
}

void add_manual(CLI::App &program, Verbs &verbs) {
  const auto directory = std::make_shared<std::string>();
  CLI::App *verb = add_verb(program, "manual", "Write the man pages into a directory",
                            {"bootperf manual build/man && man build/man/bootperf-run.1"});
  verb->group(""); // hidden: the build calls it, people read what comes out
  verb->add_option("DIRECTORY", *directory, "Created if it does not exist")->required();
  verbs.push_back(
      {verb, [directory, &program] { return write_manual(*directory, command_model(program)); }});
}

} // namespace

void add_documentation(CLI::App &program, Verbs &verbs) {
  add_completion(program, verbs);
  add_manual(program, verbs);
}

} // namespace bootperf
