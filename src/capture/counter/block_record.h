#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// What a guest ran, block by block and event by event, read back when it has ended. This is what a
/// profile is made of.

/// A translated block: a stretch of code that runs from its first instruction to its last.
struct CodeBlock {
  std::uint64_t address = 0; ///< virtual
  std::uint64_t content = 0; ///< a hash of all its code
  std::uint32_t instructions = 0;
  std::uint32_t code_size = 0; ///< bytes
  bool spinning = false;       ///< lies in a delay loop
  std::string code = {};       ///< its first bytes, 32 at most
  std::uint64_t runs = 0;      ///< in all
};

struct BlockRuns {
  std::uint32_t block = 0; ///< index into BlockRecord::blocks
  std::uint32_t runs = 0;
};

/// A moment between two blocks, and what ran since the one before.
struct HandOver {
  std::uint64_t events = 0;       ///< of the boot log, that had happened by then
  std::uint64_t instructions = 0; ///< of the guest, so far
  std::vector<BlockRuns> runs;    ///< a block may come several times
};

struct BlockRecord {
  std::vector<CodeBlock> blocks;
  /// In order of time. The last one is the end of the guest: events is that of a moment after all.
  std::vector<HandOver> hand_overs;
};

/// The files in its directory: made before the launch, written by the plugin, read afterwards.
std::filesystem::path page_file(const std::filesystem::path &directory);
std::filesystem::path block_file(const std::filesystem::path &directory);
std::filesystem::path epoch_file(const std::filesystem::path &directory);

/// Makes the files of blocks and epochs, which must not exist, and the directory.
Result<void> create_block_record(const std::filesystem::path &directory);

/// Reads what a guest that has ended left. An error of kind not_measured when nothing was counted
/// there or hand-overs were lost, and an input error when the files contradict each other.
Result<BlockRecord> read_block_record(const std::filesystem::path &directory);

} // namespace bootperf
