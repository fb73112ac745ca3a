#include "verdict/samples/blocks.h"

#include <algorithm>

#include <fmt/format.h>

namespace bootperf {
namespace {

constexpr double enough_blocks = 0.8;

bool is_complete(const Block &block, const std::vector<std::string> &scenarios) {
  return std::ranges::all_of(scenarios, [&](const std::string &scenario) {
    const auto found = block.scenarios.find(scenario);
    return found != block.scenarios.end() && !found->second.base.empty() &&
           !found->second.head.empty();
  });
}

const double *value_of(const PhaseValues &values, const std::string &phase) {
  const auto found = values.find(phase);
  return found == values.end() ? nullptr : &found->second;
}

/// The samples of one side, numbered as blocks.
void add_side(Session &pair, const Session &side, const std::string &subject) {
  std::map<std::string, std::int64_t> numbers;
  for (Launch launch : side.launches) {
    launch.subject = subject;
    if (launch.is_sample())
      launch.block = ++numbers[launch.scenario];
    pair.launches.push_back(std::move(launch));
  }
  for (Scenario scenario : side.scenarios) {
    scenario.subject = subject;
    pair.scenarios.push_back(std::move(scenario));
  }
}

/// The launches of both sides that can become blocks. Counted ones are no blocks, unless there is
/// nothing else.
std::uint64_t pairs(const Session &base, const Session &head) {
  std::uint64_t scenarios = 0, blocks = 0, counted = 0;
  for (const Scenario *scenario : head.distinct_scenarios()) {
    const auto both = std::min(sample_launches(base, scenario->name).launches.size(),
                               sample_launches(head, scenario->name).launches.size());
    if (base.scenario(scenario->name) == nullptr)
      continue;
    if (scenario->mode == "counted") {
      counted += both;
      continue;
    }
    blocks = scenarios == 0 ? both : std::min<std::uint64_t>(blocks, both);
    ++scenarios;
  }
  return 2 * (scenarios == 0 ? counted : scenarios * blocks);
}

} // namespace

std::vector<Block> blocks_of(const Session &session, const std::vector<std::string> &scenarios,
                             Metric metric) {
  std::map<std::int64_t, Block> blocks;
  for (const Launch &launch : session.launches) {
    if (!launch.block || !launch.is_sample() ||
        std::ranges::find(scenarios, launch.scenario) == scenarios.end())
      continue;
    Block &block = blocks[*launch.block];
    block.number = *launch.block;
    BlockSide &side = block.scenarios[launch.scenario];
    PhaseValues &values = launch.subject == "base" ? side.base : side.head;
    if (values.empty())
      values = phase_values(launch, metric);
  }
  std::vector<Block> complete;
  for (auto &[number, block] : blocks)
    if (is_complete(block, scenarios))
      complete.push_back(std::move(block));
  return complete;
}

std::string nothing_in_blocks(const std::vector<Block> &blocks, const BlockColumn &column) {
  const auto took_nothing = [](const double *value) { return value && is_nothing(*value); };
  const auto empty = std::ranges::count_if(blocks, [&](const Block &block) {
    const auto side = block.scenarios.find(column.scenario);
    return side != block.scenarios.end() &&
           (took_nothing(value_of(side->second.base, column.phase)) ||
            took_nothing(value_of(side->second.head, column.phase)));
  });
  return empty == 0 ? "" : fmt::format("0 in {} of {} blocks", empty, blocks.size());
}

std::string missing_in_blocks(const std::vector<Block> &blocks, const BlockColumn &column) {
  const auto measured = std::ranges::count_if(blocks, [&](const Block &block) {
    const auto side = block.scenarios.find(column.scenario);
    return side != block.scenarios.end() && value_of(side->second.base, column.phase) &&
           value_of(side->second.head, column.phase);
  });
  if (measured > 0 &&
      static_cast<double>(measured) >= enough_blocks * static_cast<double>(blocks.size()))
    return "";
  return fmt::format("measured on both sides in {} of {} blocks", measured, blocks.size());
}

BlockValues block_values(const std::vector<Block> &blocks,
                         const std::vector<BlockColumn> &columns) {
  BlockValues values;
  for (const Block &block : blocks) {
    std::vector<double> base, head;
    for (const BlockColumn &column : columns) {
      const auto side = block.scenarios.find(column.scenario);
      if (side == block.scenarios.end())
        break;
      const double *const before = value_of(side->second.base, column.phase);
      const double *const after = value_of(side->second.head, column.phase);
      if (!before || !after)
        break;
      base.push_back(*before);
      head.push_back(*after);
    }
    if (base.size() == columns.size()) {
      values.base.push_back(std::move(base));
      values.head.push_back(std::move(head));
    }
  }
  return values;
}

std::vector<Block> complete_blocks(std::vector<Block> blocks,
                                   const std::vector<BlockColumn> &columns) {
  std::erase_if(blocks,
                [&](const Block &block) { return block_values({block}, columns).base.empty(); });
  return blocks;
}

Result<Session> paired(const Session &base, const Session &head) {
  for (const Session *side : {&base, &head})
    if (side->comparison)
      return fail(ErrorKind::input,
                  fmt::format("session {} is a comparison already; give it alone", side->id));
  const bool common = std::ranges::any_of(head.scenarios, [&](const Scenario &scenario) {
    return base.scenario(scenario.name) != nullptr;
  });
  if (!common)
    return fail(ErrorKind::input,
                fmt::format("sessions {} and {} have no scenario in common", base.id, head.id));
  Session pair = head;
  pair.id = base.id + "+" + head.id;
  pair.launches.clear();
  pair.scenarios.clear();
  for (const std::string &warning : base.warnings)
    if (std::ranges::find(pair.warnings, warning) == pair.warnings.end())
      pair.warnings.push_back(warning);
  pair.comparison = Comparison{.base = {"base", base.environment},
                               .head = {"head", head.environment},
                               .most_launches = pairs(base, head),
                               .most_seconds = 0,
                               .arguments = {}};
  add_side(pair, base, "base");
  add_side(pair, head, "head");
  return pair;
}

} // namespace bootperf
