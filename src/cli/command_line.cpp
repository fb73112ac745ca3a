#include "cli/command_line.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"

namespace bootperf {
namespace {

/// CLI11 from 2.5 on fills the footer as one paragraph, in which examples run into each other; the
/// one before does not know the switch.
template <class Formatter>
void keep_lines(Formatter &formatter) {
  if constexpr (requires { formatter.enable_footer_formatting(false); })
    formatter.enable_footer_formatting(false);
}

const char *const description =
    "bootperf tells whether the libguestfs appliance got slower to boot, in which phase, by how\n"
    "much, and how sure it is.";

const char *const footer =
    "Examples:\n"
    "  bootperf doctor                          what can this machine measure?\n"
    "  bootperf run --mode traced -o s.json     launch the appliance, see where its time goes\n"
    "  bootperf show s.json                     the timeline again\n"
    "  bootperf check s.json                    has it become slower?\n"
    "  bootperf gate                            run and check in one\n"
    "  bootperf compare --head-env K=V          is head slower than base, on this machine?\n"
    "  bootperf profile                         where do the instructions go, by function?\n"
    "  bootperf selftest mon.json tue.json      how often is the gate wrong, on this machine?\n"
    "  bootperf report s.json                   the same as a page to look at\n"
    "  bootperf baseline update s.json          what later sessions are checked against\n"
    "  bootperf import log.jsonl -o s.json      a session from recorded boot logs\n"
    "  bootperf trend add s.json                the history of many nights, and its steps\n"
    "  bootperf merge 1.json 2.json -o all.json several sessions in one file\n"
    "\n"
    "`bootperf help VERB` says what a verb takes.\n"
    "Exit status: 0 pass, 1 regressed, 2 wrong usage or input, 3 inconclusive, 4 not measured,\n"
    "130 interrupted.";

constexpr const char *bisect_flag = "--bisect";

int complain(const Error &error) {
  write_error("bootperf: " + to_text(error) + "\n");
  return to_int(exit_code(error.kind));
}

/// A word that the parser could make nothing of, and the command it was given to.
struct Unknown {
  const CLI::App *command = nullptr;
  std::string word;
};

Unknown unknown_word(const CLI::App &command) {
  for (const CLI::App *verb : command.get_subcommands()) {
    if (Unknown found = unknown_word(*verb); found.command != nullptr)
      return found;
  }
  const std::vector<std::string> left = command.remaining(false);
  return left.empty() ? Unknown{} : Unknown{&command, left.front()};
}

std::vector<std::string> flags_of(const CLI::App &command) {
  std::vector<std::string> flags;
  for (const CLI::Option *option : command.get_options()) {
    for (const std::string &name : option->get_lnames())
      flags.push_back("--" + name);
    for (const std::string &name : option->get_snames())
      flags.push_back("-" + name);
  }
  return flags;
}

std::vector<std::string> verbs_of(const CLI::App &command) {
  std::vector<std::string> names;
  for (const CLI::App *verb : command.get_subcommands([](const CLI::App *) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

std::string full_name(const CLI::App &command) {
  const CLI::App *parent = command.get_parent();
  return parent == nullptr ? "bootperf" : full_name(*parent) + " " + command.get_name();
}

std::string unknown_message(const Unknown &unknown) {
  const bool is_flag = unknown.word.starts_with('-');
  const std::string word =
      unknown.word.substr(0, is_flag ? unknown.word.find('=') : std::string::npos);
  const std::vector<std::string> known =
      is_flag ? flags_of(*unknown.command) : verbs_of(*unknown.command);
  const char *kind = is_flag ? "flag" : known.empty() ? "argument" : "verb";
  std::string message = fmt::format("unknown {} {}", kind, printable(word));
  if (const std::string near = nearest(word, known); !near.empty())
    return message + "; did you mean " + near + "?";
  return message + fmt::format("; `{} --help` lists what there is", full_name(*unknown.command));
}

const CLI::App &deepest(const CLI::App &command) {
  const std::vector<CLI::App *> given = command.get_subcommands();
  return given.empty() ? command : deepest(*given.front());
}

int refuse(const CLI::App &program, const CLI::ParseError &error) {
  if (const Unknown unknown = unknown_word(program); unknown.command != nullptr)
    return complain({ErrorKind::usage, unknown_message(unknown)});
  return complain(
      {ErrorKind::usage, fmt::format("{}; `{} --help` says what is expected",
                                     printable(error.what()), full_name(deepest(program)))});
}

int answer(const std::string &text) {
  const Result<void> printed = write_output(text);
  return printed ? to_int(ExitCode::pass) : complain(printed.error());
}

int run_verb(const Verbs &verbs) {
  for (const Verb &verb : verbs) {
    if (!verb.command->parsed())
      continue;
    const Result<ExitCode> code = verb.run();
    return code ? to_int(*code) : complain(code.error());
  }
  return to_int(ExitCode::wrong_input);
}

void describe(CLI::App &program) {
  program.name("bootperf");
  program.description(description);
  keep_lines(*program.get_formatter()); // of verbs, too: each takes it from here
  program.footer(footer);
  program.require_subcommand(1);
  program.set_version_flag("-V,--version", "bootperf " BOOTPERF_VERSION);
  program.set_help_all_flag("--help-all", "The help of every verb");
}

/// What other programs call by a verb of its own: `help VERB` is `VERB --help`, and `version` is
/// `--version`. The parser takes its words from the last to the first.
std::vector<std::string> in_plain_words(int argc, const char *const *argv) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (!words.empty() && words.front() == "help") {
    words.erase(words.begin());
    words.emplace_back("--help");
  } else if (words.size() == 1 && words.front() == "version") {
    words.front() = "--version";
  }
  std::ranges::reverse(words);
  return words;
}

int run_plainly(CLI::App &program, const Verbs &verbs, int argc, const char *const *argv) {
  describe(program);
  try {
    program.parse(in_plain_words(argc, argv));
  } catch (const CLI::CallForHelp &) {
    if (const Unknown unknown = unknown_word(program); unknown.command != nullptr)
      return complain({ErrorKind::usage, unknown_message(unknown)});
    return answer(program.help());
  } catch (const CLI::CallForAllHelp &) {
    return answer(program.help("", CLI::AppFormatMode::All));
  } catch (const CLI::CallForVersion &version) {
    return answer(std::string(version.what()) + "\n");
  } catch (const CLI::ParseError &error) {
    return refuse(program, error);
  }
  try {
    return run_verb(verbs);
  } catch (const std::bad_alloc &) {
    return complain({ErrorKind::io, "not enough memory"});
  }
}

} // namespace

Result<void> write_output(std::string_view text) {
  errno = 0;
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0 || written != text.size())
    return fail(ErrorKind::io,
                std::string("cannot write to standard output: ") + std::strerror(errno));
  return {};
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

TextStyle output_style() {
  return text_style(surroundings_of(STDOUT_FILENO));
}

int for_git_bisect(int status) {
  constexpr int skip = 125, stop = 128;
  if (status == to_int(ExitCode::inconclusive) || status == to_int(ExitCode::not_measured))
    return skip;
  return status == to_int(ExitCode::wrong_input) ? stop : status;
}

Result<void> read_kept_arguments(CLI::App &parser, const std::vector<std::string> &arguments) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend()); // as CLI11 wants them
  try {
    parser.parse(std::move(reversed));
  } catch (const CLI::ParseError &error) {
    return fail(ErrorKind::input,
                std::string("the session's arguments cannot be read: ") + printable(error.what()));
  }
  return {};
}

void add_bisect_flag(CLI::App &verb) {
  verb.add_flag(std::string(bisect_flag))
      ->description("Exit as `git bisect run` expects it: 125 (skip) when inconclusive or not "
                    "measured, 128 (stop) on wrong usage");
}

CLI::App *add_verb(CLI::App &parent, const std::string &name, const std::string &text,
                   const std::vector<std::string> &examples) {
  CLI::App *verb = parent.add_subcommand(name, text);
  std::string shown = "Examples:";
  for (const std::string &example : examples)
    shown += "\n  " + example;
  verb->footer(shown);
  return verb;
}

int run_command_line(CLI::App &program, const Verbs &verbs, int argc, const char *const *argv) {
  // Looked for before the line is parsed: one that cannot be parsed must stop a bisection, too.
  const bool is_for_bisect =
      std::any_of(argv, argv + argc, [](std::string_view word) { return word == bisect_flag; });
  const int status = run_plainly(program, verbs, argc, argv);
  return is_for_bisect ? for_git_bisect(status) : status;
}

} // namespace bootperf
