#include "profile/booking.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "phases/phase_tree.h"

namespace bootperf {

namespace {

/// The log as if each event had come when the blocks were handed over for it.
BootLog at_hand_overs(BootLog log, const std::vector<HandOver> &hand_overs) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < log.events.size(); ++i) {
    while (next + 1 < hand_overs.size() && hand_overs[next].events < i + 1) {
      ++next;
    }
    if (log.events[i].instructions) {
      log.events[i].instructions = hand_overs[next].instructions;
    }
  }
  return log;
}

/// The phase, by index, in which each hand-over lies: the deepest.
std::vector<std::uint32_t> phases_of(const PhaseTree &tree,
                                     const std::vector<HandOver> &hand_overs) {
  std::vector<std::uint32_t> others(tree.phases.size());
  for (std::uint32_t i = 0; i < tree.phases.size(); ++i) {
    others[i] = i;
    if (tree.phases[i].other && tree.phases[i].parent) {
      others[*tree.phases[i].parent] = i;
    }
  }
  const auto boundary = [&](std::uint64_t instructions) {
    return std::upper_bound(hand_overs.begin(), hand_overs.end(), instructions,
                            [](std::uint64_t count, const HandOver &hand_over) {
                              return count < hand_over.instructions;
                            }) -
           hand_overs.begin();
  };
  std::vector<std::uint32_t> owners(hand_overs.size(), others.empty() ? 0 : others[0]);
  std::vector<bool> left_out(tree.phases.size()); // what overlaps belongs to what it overlaps
  for (std::uint32_t i = 1; i < tree.phases.size(); ++i) {
    const Phase &phase = tree.phases[i];
    left_out[i] = phase.overlaps || (phase.parent && left_out[*phase.parent]);
    if (left_out[i] || phase.other || !phase.instructions || !phase.start_instructions) {
      continue;
    }
    const auto first = owners.begin() + boundary(*phase.start_instructions);
    const auto last = owners.begin() + boundary(*phase.start_instructions + *phase.instructions);
    std::fill(first, std::max(first, last), others[i]);
  }
  return owners;
}

class Rows {
public:
  void add(std::uint32_t phase, std::uint32_t function, std::uint64_t instructions, bool spinning,
           std::uint64_t runs) {
    ProfileRow &row = rows_[{phase, function}];
    row.instructions += instructions;
    row.spinning += spinning ? instructions : 0;
    row.runs += runs;
  }

  LaunchProfile launch() const {
    LaunchProfile launch;
    for (const auto &[key, counts] : rows_) {
      ProfileRow row = counts;
      std::tie(row.phase, row.function) = key;
      launch.instructions += row.instructions;
      launch.rows.push_back(row);
    }
    return launch;
  }

private:
  std::map<std::pair<std::uint32_t, std::uint32_t>, ProfileRow> rows_;
};

} // namespace

Profile book(const BootLog &log, const BlockRecord &record,
             const std::vector<ProfileFunction> &functions, const Rules &rules) {
  const PhaseTree tree = rules.split(at_hand_overs(log, record.hand_overs));
  Profile profile;
  profile.environment = log.environment;
  for (const Phase &phase : tree.phases) {
    profile.phases.push_back(phase.id);
  }
  Indexes index(profile.functions);
  std::vector<std::uint32_t> function_of;
  function_of.reserve(functions.size());
  for (const ProfileFunction &function : functions) {
    function_of.push_back(index.of(function));
  }

  const auto owners = phases_of(tree, record.hand_overs);
  Rows rows;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < record.hand_overs.size(); ++i) {
    const HandOver &hand_over = record.hand_overs[i];
    std::uint64_t booked = 0;
    for (const BlockRuns &runs : hand_over.runs) {
      const CodeBlock &block = record.blocks[runs.block];
      const auto instructions = std::uint64_t{runs.runs} * block.instructions;
      rows.add(owners[i], function_of[runs.block], instructions, block.spinning, runs.runs);
      booked += instructions;
    }
    // Blocks for which the file had no room are in the page's sum alone.
    const auto all = hand_over.instructions - std::min(hand_over.instructions, before);
    if (all > booked) {
      rows.add(owners[i], index.of({unknown_code, unknown_code}), all - booked, false, 0);
    }
    before = hand_over.instructions;
  }
  profile.launches.push_back(rows.launch());
  return profile;
}

} // namespace bootperf
