#include "verdict/explain/report.h"

#include <algorithm>
#include <array>

namespace bootperf {

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
  case Verdict::pass:
    return "pass";
  case Verdict::regressed:
    return "regressed";
  case Verdict::improved:
    return "improved";
  case Verdict::inconclusive:
    return "inconclusive";
  case Verdict::not_measured:
    break;
  }
  return "not measured";
}

Verdict worst(const std::vector<Verdict> &verdicts) {
  constexpr std::array precedence = {Verdict::regressed, Verdict::not_measured,
                                     Verdict::inconclusive, Verdict::improved, Verdict::pass};
  for (const Verdict each : precedence)
    if (std::ranges::find(verdicts, each) != verdicts.end())
      return each;
  return Verdict::not_measured;
}

ExitCode combined_exit_code(const std::vector<Verdict> &verdicts) {
  switch (worst(verdicts)) {
  case Verdict::regressed:
    return ExitCode::regressed;
  case Verdict::inconclusive:
    return ExitCode::inconclusive;
  case Verdict::not_measured:
    return ExitCode::not_measured;
  case Verdict::improved:
  case Verdict::pass:
    break;
  }
  return ExitCode::pass;
}

} // namespace bootperf
