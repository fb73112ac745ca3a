#pragma once

// A session as blocks: what a comparison of base and head works on.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "session/session.h"
#include "statistics/block_test.h"
#include "verdict/samples/phase_samples.h"

namespace bootperf {

/// What base and head took in one block, phase by phase.
struct BlockSide {
  PhaseValues base, head;
};

/// One block of a comparison, by scenario.
struct Block {
  std::int64_t number = 0;
  std::map<std::string, BlockSide> scenarios;
};

/// A column of a comparison: a phase of a scenario.
struct BlockColumn {
  std::string scenario, phase;
};

/// The blocks of a session in order, by the metric: those in which every one of the scenarios came
/// up for base and for head. A block that was tried twice counts once, by its first launches.
std::vector<Block> blocks_of(const Session &session, const std::vector<std::string> &scenarios,
                             Metric metric);

/// "" when a phase can be judged: it is measured on both sides in at least 80 % of the blocks.
std::string missing_in_blocks(const std::vector<Block> &blocks, const BlockColumn &column);

/// That a phase took nothing in some blocks, or "": of a gated one its measuring has failed.
std::string nothing_in_blocks(const std::vector<Block> &blocks, const BlockColumn &column);

/// Those of the blocks that have all the columns: what descent and controls look at has to be what
/// decided.
std::vector<Block> complete_blocks(std::vector<Block> blocks,
                                   const std::vector<BlockColumn> &columns);

/// The blocks that have all the columns.
BlockValues block_values(const std::vector<Block> &blocks, const std::vector<BlockColumn> &columns);

/// Two sessions recorded apart as one comparison: the n-th sample of either in each scenario are a
/// block, in order of time. The result is called after both and has the head's seed. An input error
/// when they have no scenario in common or when one is a comparison itself.
Result<Session> paired(const Session &base, const Session &head);

} // namespace bootperf
