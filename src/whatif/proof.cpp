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
  if (!proof.line.empty() && !any_matches(launch.console, proof.line))
    return fmt::format("no line of the console matches \"{}\"", proof.line);
  if (!proof.no_line.empty() && any_matches(launch.console, proof.no_line))
    return fmt::format("a line of the console matches \"{}\"", proof.no_line);
  if (!proof.argument.empty() && launch.qemu_arguments.empty())
    return "the arguments of the qemu that ran are not known";
  if (!proof.argument.empty() && !any_matches({launch.qemu_arguments}, proof.argument))
    return fmt::format("no argument of the qemu that ran matches \"{}\"", proof.argument);
  if (!proof.no_library_line.empty() && any_matches(launch.library, proof.no_library_line))
    return fmt::format("a line of libguestfs matches \"{}\"", proof.no_library_line);
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
  std::erase_if(by_arguments, [](const LeverProof &proof) { return proof.argument.empty(); });
  return first_contradiction(by_arguments, launch);
}

std::optional<std::string> already_so(const Lever &lever, const LaunchEvidence &as_it_is) {
  const bool by_less_work = std::ranges::any_of(
      lever.proofs, [](const LeverProof &proof) { return !proof.less_work.empty(); });
  if (by_less_work || contradicted_proof(lever, as_it_is))
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
