#include "cli/verbs.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "cli/what_if_options.h"
#include "cli/what_to_fix.h"
#include "report/whatif/formats.h"

namespace bootperf {
namespace {

Result<ExitCode> suggest(const WhatToFix &asked) {
  return what_to_fix(asked)
      .and_then([&](const Suggestions &suggestions) {
        return write_output(suggestions_text(suggestions, asked.levers, output_style()));
      })
      .map([] { return ExitCode::pass; });
}

} // namespace

void add_suggest(CLI::App &program, Verbs &verbs) {
  const auto asked = std::make_shared<WhatToFix>();
  CLI::App *verb = add_verb(
      program, "suggest",
      "Say what to fix first: what a profiled boot spends where, which lever touches it, and what "
      "it saved when it "
      "was measured",
      {"bootperf profile --record boot.profile.json.gz && bootperf suggest boot.profile.json.gz",
       "bootperf suggest boot.profile.json.gz --measured bootperf.what-if.json"});
  verb->add_option("PROFILE", asked->profile, "A recorded profile (bootperf profile --record)")
      ->required();
  verb->add_option("--measured", asked->measured,
                   "A session of bootperf what-if (bootperf.what-if.json, where it is there)");
  add_levers_option(*verb, asked->levers);
  verbs.push_back({verb, [asked] { return suggest(*asked); }});
}

} // namespace bootperf
