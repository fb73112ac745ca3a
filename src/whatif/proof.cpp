#include "whatif/proof.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.h"

namespace bootperf {
namespace {

bool any_matches(const std::vector<std::string> &lines, const std::string &pattern) {
  // Console bytes are no UTF-8.
  const RE2 compiled(pattern, RE2::Latin1);
  return compiled.ok() && std::ranges::any_of(lines, [&](const std::string &line) {
           return RE2::PartialMatch(line, compiled);
         });
}

/// What contradicts a proof; "" when the launch holds it, or when it is by less work.
std::string contradiction(const LeverProof &proof, const LaunchEvidence &launch) {
  const auto unless = [&](bool holds, std::string_view what) {
    return holds ? "" : fmt::format("{} matches \"{}\"", what, proof.text);
  };
  switch (proof.by) {
  case ProofBy::line:
    return unless(any_matches(launch.console, proof.text), "no line of the console");
  case ProofBy::no_line:
    return unless(!any_matches(launch.console, proof.text), "a line of the console");
  case ProofBy::argument:
    if (launch.qemu_arguments.empty())
      return "the arguments of the qemu that ran are not known";
    return unless(any_matches({launch.qemu_arguments}, proof.text),
                  "no argument of the qemu that ran");
  case ProofBy::no_library_line:
    return unless(!any_matches(launch.library, proof.text), "a line of libguestfs");
  case ProofBy::less_work:
    break;
  }
  return "";
}

std::optional<std::string> first_contradiction(const std::vector<LeverProof> &proofs,
                                               const LaunchEvidence &launch) {
  for (const LeverProof &proof : proofs)
    if (std::string contradicted = contradiction(proof, launch); !contradicted.empty())
      return contradicted;
  return std::nullopt;
}

} // namespace

std::vector<std::string> guest_lines(const BootLog &log) {
  const auto has = [](const Line &line, std::string_view option) {
    return line.text.find(option) != std::string::npos;
  };
  std::vector<std::string> lines;
  bool names_kernel = false; // the command line has begun
  bool goes_on = false;      // the line before was one of it, and not its last
  for (const Line &line : assemble_lines(log.events)) {
    if (line.source != Source::appliance)
      continue;
    names_kernel = names_kernel || has(line, "-kernel ");
    const bool is_command = goes_on || (names_kernel && has(line, "-append "));
    if (!is_command) {
      lines.push_back(line.text);
      continue;
    }
    lines.clear();
    names_kernel = false;
    goes_on = line.text.ends_with('\\');
  }
  return lines;
}

LaunchEvidence evidence_of(const BootLog &log) {
  LaunchEvidence launch{.console = guest_lines(log)};
  for (const Line &line : assemble_lines(log.events))
    if (line.source == Source::library)
      launch.library.push_back(line.text);
  if (log.end)
    launch.qemu_arguments = text_under(log.end->environment, "qemu_arguments");
  return launch;
}

std::optional<std::string> contradicted_proof(const Lever &lever, const LaunchEvidence &launch) {
  return first_contradiction(lever.proofs, launch);
}

std::optional<std::string> contradicted_quietly(const Lever &lever, const LaunchEvidence &launch) {
  std::vector<LeverProof> by_arguments = lever.proofs;
  std::erase_if(by_arguments,
                [](const LeverProof &proof) { return proof.by != ProofBy::argument; });
  return first_contradiction(by_arguments, launch);
}

std::optional<std::string> already_so(const Lever &lever, const LaunchEvidence &as_it_is) {
  if (lever.is_proved_by(ProofBy::less_work) || contradicted_proof(lever, as_it_is))
    return std::nullopt;
  return "the boot is like that already";
}

Result<BootLog> ProvingLauncher::launch(const LaunchRequest &request) {
  Result<BootLog> log = launcher_.launch(request);
  if (!log || !log->ok())
    return log;
  LaunchEvidence evidence = evidence_of(*log);
  const bool is_quiet = request.mode == Mode::quiet;
  if (request.lever.empty() && request.guest.empty()) {
    const std::scoped_lock lock(mutex_);
    if (!is_quiet)
      as_it_is_ = std::move(evidence);
    return log;
  }
  const auto lever = std::ranges::find(levers_, request.lever, &Lever::name);
  if (lever == levers_.end() || !log->end)
    return log;
  // What else a lever shows it showed in counted launches, or is not launched quietly.
  const auto contradicted =
      is_quiet ? contradicted_quietly(*lever, evidence) : contradicted_proof(*lever, evidence);
  if (contradicted) {
    log->end->ok = false;
    log->end->reason = "the lever had no effect: " + *contradicted;
  }
  return log;
}

} // namespace bootperf
