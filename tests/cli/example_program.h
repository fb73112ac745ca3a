#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/command_line.h"

namespace bootperf {

/// A small program with one of everything: a verb in a verb, a hidden one, each kind of option.
inline std::unique_ptr<CLI::App> example_program() {
  auto program = std::make_unique<CLI::App>("Boils eggs; not for ostriches", "egg");
  program->footer("Examples:\n  egg boil\n\nExit status: 0 done, 1 burnt.");
  CLI::App *boil = add_verb(*program, "boil", "Boil them: soft\nor hard", {"egg boil --time 4"});
  static std::string text;
  static std::vector<std::string> eggs;
  static bool flag = false;
  boil->add_option("EGG", eggs, "Eggs")->required();
  boil->add_option("-w,--water", text, "A file of water's \\ properties")->required();
  boil->add_option("--taste", text, "How")->check(CLI::IsMember({"soft", "hard"}));
  boil->add_flag("--salt", flag, ".5 g of it");
  CLI::App *timer = add_verb(*program, "timer", "The timer", {"egg timer set"});
  add_verb(*timer, "set", "Set it", {"egg timer set"});
  add_verb(*program, "secret", "Hidden", {"egg secret"})->group("");
  return program;
}

} // namespace bootperf
