#include "cli/verbs.h"

#include <CLI/CLI.hpp>

#include "cli/machine_facts.h"
#include "cli/machine_findings.h"

namespace bootperf {
namespace {

Result<ExitCode> doctor() {
  const std::vector<Finding> findings = findings_of(look_at_machine());
  return write_output(findings_text(findings, output_style())).map([&] {
    return can_measure(findings) ? ExitCode::pass : ExitCode::not_measured;
  });
}

} // namespace

void add_doctor(CLI::App &program, Verbs &verbs) {
  CLI::App *verb = add_verb(program, "doctor",
                            "Say what this machine can measure, and how to fix what it cannot; "
                            "exits 4 when it can measure nothing",
                            {"bootperf doctor"});
  verbs.push_back({verb, doctor});
}

} // namespace bootperf
