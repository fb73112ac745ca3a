#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "statistics/block_test.h"
#include "verdict/compare/prospect.h"
#include "verdict/compare/scenario_comparison.h"
#include "verdict/explain/reasons.h"
#include "verdict/samples/blocks.h"

namespace bootperf {
namespace {

// Naming a place is one look and decides nothing: fewer flips than the decision's will do.
constexpr std::size_t level_flips = 1'999;

/// A gated phase of one of the checks.
struct GatedColumn {
  std::size_t check = 0;
  BlockColumn column;
  PhaseVerdict verdict;

  bool is_judged() const { return verdict.verdict != Verdict::not_measured; }
};

BlockRule rule_for(const Session &session, std::size_t scenarios, std::size_t blocks,
                   const Policy &policy, const CompareOptions &options) {
  const std::uint64_t most = session.comparison ? session.comparison->most_launches : 0;
  return {.alpha = policy.alpha,
          .alpha_faster = policy.alpha_faster,
          .seed = session.seed,
          .flips = options.flips,
          .most_blocks =
              std::min<std::uint64_t>(most > 0 ? most / (2 * scenarios) : blocks, most_blocks),
          .scores = options.scores};
}

std::vector<std::string> ids_in(const std::vector<Block> &blocks, const std::string &scenario) {
  std::vector<const PhaseValues *> launches;
  for (const Block &block : blocks) {
    const BlockSide &side = block.scenarios.at(scenario);
    launches.insert(launches.end(), {&side.base, &side.head});
  }
  return phase_ids(launches);
}

std::vector<GatedColumn> gated_columns(const std::vector<ScenarioCheck> &checks,
                                       const std::vector<Block> &blocks, const Session &session,
                                       const Policy &policy) {
  std::vector<GatedColumn> gated;
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const std::string &scenario = checks[i].scenario;
    const std::vector<std::string> ids = ids_in(blocks, scenario);
    for (const Gate &gate :
         policy.gates(Metric::wall, {session.scenario(scenario)->mode, scenario})) {
      GatedColumn next{i, {}, unjudged_phase(gate, ids)};
      next.column = {scenario, next.verdict.phase};
      if (next.is_judged())
        next.verdict.reason = missing_in_blocks(blocks, next.column);
      if (next.is_judged() && next.verdict.reason.empty())
        next.verdict.reason = nothing_in_blocks(blocks, next.column);
      if (!next.verdict.reason.empty())
        next.verdict.verdict = Verdict::not_measured;
      gated.push_back(std::move(next));
    }
  }
  return gated;
}

std::string why_undecided(const PhaseVerdict &phase, const ColumnDecision &column,
                          const BlockDecision &decision, const BlockRule &rule) {
  if (!decision.looks.empty())
    return undecided_reason(phase, column.margin, rule.alpha);
  const std::vector<std::size_t> looks = block_looks(rule.most_blocks);
  return fmt::format("{} blocks so far, the first look comes after {}", decision.blocks,
                     looks.empty() ? 0 : looks.front());
}

std::size_t started_blocks(const Session &session) {
  std::set<std::int64_t> numbers;
  for (const Launch &launch : session.launches)
    if (launch.block && !launch.warmup)
      numbers.insert(*launch.block);
  return numbers.size();
}

/// Tests phases of one scenario over the blocks that decided.
std::vector<PhaseVerdict> test_block_level(const std::vector<Block> &blocks,
                                           const std::string &scenario,
                                           const std::vector<Column> &level, BlockRule rule) {
  std::vector<BlockColumn> columns;
  for (const Column &each : level)
    if (const BlockColumn column{scenario, each.phase}; missing_in_blocks(blocks, column).empty())
      columns.push_back(column);
  const BlockValues values = block_values(blocks, columns);
  std::vector<PhaseVerdict> result;
  if (columns.empty() || values.base.empty())
    return result;
  rule.flips = level_flips;
  for (const ColumnTest &column : single_block_look(values, rule)) {
    PhaseVerdict phase;
    phase.phase = columns[result.size()].phase;
    static_cast<ColumnTest &>(phase) = column;
    result.push_back(std::move(phase));
  }
  return result;
}

/// Before the first look nothing is known of what would decide.
BlocksToDecide prospect(const std::vector<ScenarioCheck> &checks, const BlockDecision &decision) {
  std::vector<PhaseVerdict> phases;
  if (!decision.looks.empty())
    for (const ScenarioCheck &check : checks)
      phases.insert(phases.end(), check.phases.begin(), check.phases.end());
  return blocks_to_decide(phases, decision.blocks);
}

} // namespace

std::vector<ScenarioCheck> compare_blocks(const Session &session,
                                          const std::vector<std::string> &scenarios,
                                          const Policy &policy, const CompareOptions &options) {
  std::vector<ScenarioCheck> checks;
  for (const std::string &scenario : scenarios)
    checks.push_back(begin_comparison(session, scenario, Metric::wall, policy));
  std::vector<Block> blocks = blocks_of(session, scenarios, Metric::wall);
  std::vector<GatedColumn> gated = gated_columns(checks, blocks, session, policy);
  std::vector<BlockColumn> columns;
  std::vector<ColumnMargin> margins;
  for (const GatedColumn &each : gated)
    if (each.is_judged()) {
      columns.push_back(each.column);
      margins.push_back({each.verdict.tolerance, each.verdict.floor});
    }
  const BlockRule rule = rule_for(session, scenarios.size(), blocks.size(), policy, options);
  const BlockValues values = block_values(blocks, columns);
  const BlockDecision decision = decide_blocks(values, margins, rule);

  std::size_t column = 0;
  for (GatedColumn &each : gated) {
    if (each.is_judged()) {
      const ColumnDecision &decided = decision.columns[column++];
      static_cast<ColumnTest &>(each.verdict) = decided;
      each.verdict.verdict = decided.verdict;
      if (decided.verdict == Verdict::inconclusive)
        each.verdict.reason = why_undecided(each.verdict, decided, decision, rule);
    }
    checks[each.check].phases.push_back(std::move(each.verdict));
  }
  const std::size_t incomplete =
      started_blocks(session) - std::min(started_blocks(session), values.base.size());
  blocks = complete_blocks(std::move(blocks), columns);
  blocks.resize(std::min(blocks.size(), decision.blocks));
  const BlocksToDecide to_decide = prospect(checks, decision);
  for (ScenarioCheck &check : checks) {
    check.launches = check.baseline_launches = decision.blocks;
    check.comparison->to_decide = to_decide;
    check.permutations = decision.looks.empty() ? 0 : rule.flips;
    check.comparison->blocks = decision.blocks;
    check.comparison->looks = decision.looks;
    check.comparison->incomplete_blocks = incomplete;
    check.comparison->launches = decision.blocks * 2 * scenarios.size();
    check.comparison->decided = decision.decided;
    end_comparison(check, session, policy, [&](const std::vector<Column> &level) {
      return test_block_level(blocks, check.scenario, level, rule);
    });
    if (options.recorded_apart && check.reason.empty()) {
      check.advisory = true;
      check.reason =
          "base and head were recorded in different sessions, and wall time varies from "
          "session to session: advisory only (launch both in turn by `bootperf compare`, "
          "or record counted launches)";
    }
  }
  return checks;
}

} // namespace bootperf
