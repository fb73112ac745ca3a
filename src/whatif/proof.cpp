#include "whatif/proof.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

namespace bootperf {
namespace {

bool any_matches(const std::vector<std::string> &lines, const std::string &pattern) {
  // Console bytes are no UTF-8.
  const RE2 compiled(pattern, RE2::Latin1);
  return compiled.ok() && std::ranges::any_of(lines, [&](const std::string &line) {
           return RE2::PartialMatch(line, compiled);
         });
}

bool shows(const LeverProof &proof, const std::vector<std::string> &lines) {
  return proof.line.empty() ? !any_matches(lines, proof.no_line) : any_matches(lines, proof.line);
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

std::optional<std::string> contradicted_proof(const Lever &lever,
                                              const std::vector<std::string> &lines) {
  for (const LeverProof &proof : lever.proofs)
    if (proof.less_work.empty() && !shows(proof, lines))
      return proof.line.empty() ? fmt::format("a line of the console matches \"{}\"", proof.no_line)
                                : fmt::format("no line of the console matches \"{}\"", proof.line);
  return std::nullopt;
}

std::optional<std::string> already_so(const Lever &lever, const std::vector<std::string> &lines) {
  for (const LeverProof &proof : lever.proofs)
    if (!proof.less_work.empty() || !shows(proof, lines))
      return std::nullopt;
  return "the boot is like that already";
}

Result<BootLog> ProvingLauncher::launch(const LaunchRequest &request) {
  Result<BootLog> log = launcher_.launch(request);
  // Of a quiet launch there are no lines: its lever took in counted launches, or was not launched.
  if (!log || !log->ok() || request.mode == Mode::quiet)
    return log;
  std::vector<std::string> lines = guest_lines(*log);
  if (request.lever.empty() && request.guest.empty()) {
    const std::scoped_lock lock(mutex_);
    as_it_is_ = std::move(lines);
    return log;
  }
  const auto lever = std::ranges::find(levers_, request.lever, &Lever::name);
  if (lever == levers_.end() || !log->end)
    return log;
  if (const auto contradicted = contradicted_proof(*lever, lines)) {
    log->end->ok = false;
    log->end->reason = "the lever had no effect on the guest: " + *contradicted;
  }
  return log;
}

} // namespace bootperf
