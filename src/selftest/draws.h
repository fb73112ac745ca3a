#pragma once

#include <cstddef>
#include <vector>

#include "selftest/traces.h"
#include "statistics/random.h"

namespace bootperf {

/// Launches that play base and head of a comparison in which nothing was changed.
struct Draw {
  std::vector<PhaseValues> base, head;
};

/// As `bootperf compare` launches: neighbours in time as blocks, which of the two is base decided
/// by chance, sessions in random order, each launch at most once. Fewer blocks when the traces hold
/// fewer.
Draw draw_blocks(const Traces &traces, std::size_t blocks, Random &random);

/// As most gates launch: a batch of base, then a batch of head, from one place in the recording.
/// The place is drawn by chance; sessions are run together in the order they were made.
Draw draw_batches(const Traces &traces, std::size_t each, Random &random);

/// As a check against a committed baseline: head is a run of launches of one session, base is all
/// of the others. The session is drawn by chance.
Draw draw_held_out(const Traces &traces, std::size_t head, Random &random);

/// As a comparison of counted launches: neighbours in one session or in several, shuffled.
Draw draw_shuffled(const Traces &traces, std::size_t base, std::size_t head, Random &random);

} // namespace bootperf
