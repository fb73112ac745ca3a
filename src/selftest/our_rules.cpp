#include "selftest/rules.h"

#include <algorithm>

#include "statistics/block_test.h"
#include "statistics/interim_looks.h"
#include "verdict/check/judge.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {
namespace {

std::vector<Column> columns_of(const std::vector<TracedGate> &gates) {
  std::vector<Column> columns;
  for (const TracedGate &gate : gates)
    columns.emplace_back(gate.phase);
  return columns;
}

std::vector<Gate> with_ids(const std::vector<TracedGate> &gates) {
  std::vector<Gate> result;
  for (const TracedGate &each : gates) {
    result.push_back(each.gate);
    result.back().phase = each.phase;
  }
  return result;
}

Ruling ruling_of(const std::vector<PhaseVerdict> &phases) {
  Ruling ruling;
  std::vector<Blamed> blamed;
  for (const PhaseVerdict &phase : phases) {
    ruling.inconclusive |=
        phase.verdict == Verdict::inconclusive || phase.verdict == Verdict::not_measured;
    if (phase.verdict == Verdict::regressed)
      blamed.push_back({phase.phase, phase.ratio});
  }
  ruling.fails = !blamed.empty();
  ruling.inconclusive = ruling.inconclusive && !ruling.fails;
  ruling.named = headline_of(blamed);
  return ruling;
}

/// Judges look by look, as long as something is undecided.
Ruling rule_by_looks(const Draw &draw, const RuleContext &context,
                     const std::vector<InterimLook> &looks, std::size_t most_head) {
  Ruling ruling;
  ruling.inconclusive = true; // as long as nothing was judged
  std::vector<InterimLook> made;
  for (const InterimLook &look : looks) {
    if (look.head > draw.head.size() || look.base > draw.base.size())
      break;
    made.push_back(look);
    const auto first = [](const std::vector<PhaseValues> &launches, std::size_t count) {
      return std::vector<PhaseValues>(launches.begin(),
                                      launches.begin() + static_cast<std::ptrdiff_t>(count));
    };
    const ErrorRates rates{.alpha = alpha_at_last(context.policy.alpha, made, most_head),
                           .alpha_faster =
                               alpha_at_last(context.policy.alpha_faster, made, most_head),
                           .whole_alpha = context.policy.alpha};
    ruling = ruling_of(judge_launches(with_ids(context.gates),
                                      {first(draw.base, look.base), first(draw.head, look.head)},
                                      rates, {.seed = context.seed})
                           .phases);
    ruling.launches = look.head;
    if (!ruling.inconclusive)
      break;
  }
  return ruling;
}

} // namespace

Ruling rule_by_blocks(const Draw &draw, const RuleContext &context, ScoreKind scores,
                      std::size_t flips) {
  BlockRule rule;
  rule.alpha = context.policy.alpha;
  rule.alpha_faster = context.policy.alpha_faster;
  rule.seed = context.seed;
  rule.flips = flips;
  rule.scores = scores;
  rule.most_blocks =
      std::min(static_cast<std::size_t>(context.policy.compare_launches) / 2, most_blocks);
  const std::vector<Column> columns = columns_of(context.gates);
  std::vector<ColumnMargin> margins;
  for (const TracedGate &gate : context.gates)
    margins.push_back({gate.gate.tolerance, gate.gate.floor});
  const BlockDecision decision = decide_blocks(
      {judged_values(draw.base, columns), judged_values(draw.head, columns)}, margins, rule);
  std::vector<PhaseVerdict> verdicts;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    PhaseVerdict verdict;
    verdict.phase = columns[i].phase;
    verdict.verdict = decision.columns[i].verdict;
    verdict.ratio = decision.columns[i].ratio;
    verdicts.push_back(std::move(verdict));
  }
  Ruling ruling = ruling_of(verdicts);
  ruling.launches = 2 * decision.blocks;
  return ruling;
}

Ruling rule_by_baseline(const Draw &draw, const RuleContext &context) {
  std::vector<InterimLook> looks;
  for (int head = context.policy.counted_launches; head <= context.policy.counted_most; ++head)
    looks.push_back({draw.base.size(), static_cast<std::size_t>(head)});
  return rule_by_looks(draw, context, looks, static_cast<std::size_t>(context.policy.counted_most));
}

Ruling rule_by_rounds(const Draw &draw, const RuleContext &context) {
  Ruling ruling = rule_by_looks(draw, context, counted_looks(all_counted_rounds().head),
                                all_counted_rounds().head);
  for (const InterimLook &look : counted_looks(all_counted_rounds().head))
    if (look.head == ruling.launches)
      ruling.launches += look.base;
  return ruling;
}

} // namespace bootperf
