#include "capture/counter/block_record.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "base/files.h"
#include "capture/counter/block_counts.h"
#include "capture/counter/counter_page.h"
#include "capture/counter/page.h"

namespace bootperf {

namespace {

constexpr std::size_t most_epoch_bytes = 1u << 30;

CodeBlock code_block(const BootperfBlock &record) {
  const auto kept = std::min<std::size_t>(record.code_size, BOOTPERF_BLOCK_CODE);
  return {record.address,   record.content,       record.instructions,
          record.code_size, record.spinning != 0, std::string(record.code, record.code + kept),
          record.runs};
}

class EpochReader {
public:
  EpochReader(std::string_view bytes, std::size_t blocks) : bytes_(bytes), blocks_(blocks) {}

  /// A guest that was killed may have left half a hand-over: what it would have handed over is in
  /// the last one then.
  Result<std::vector<HandOver>> all() {
    std::vector<HandOver> all;
    while (const auto head = next<BootperfHandOver>()) {
      if (head->changes > bytes_.size() / sizeof(BootperfChange)) {
        break;
      }
      HandOver hand_over{head->epoch, head->instructions, {}};
      hand_over.runs.reserve(head->changes);
      for (std::uint64_t i = 0; i < head->changes; ++i) {
        const auto change = *next<BootperfChange>();
        if (change.block >= blocks_) {
          return fail(ErrorKind::input,
                      fmt::format("block {} of {} was handed over", change.block, blocks_));
        }
        hand_over.runs.push_back({change.block, change.runs});
      }
      all.push_back(std::move(hand_over));
    }
    return all;
  }

private:
  template <class T>
  std::optional<T> next() {
    if (bytes_.size() < sizeof(T)) {
      return std::nullopt;
    }
    T value;
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
    return value;
  }

  std::string_view bytes_;
  std::size_t blocks_;
};

/// What ran since the last hand-over.
Result<HandOver> last_hand_over(const BlockRecord &record, std::uint64_t instructions) {
  std::vector<std::uint64_t> left;
  left.reserve(record.blocks.size());
  for (const auto &block : record.blocks) {
    left.push_back(block.runs);
  }
  for (const auto &hand_over : record.hand_overs) {
    for (const auto &[block, runs] : hand_over.runs) {
      if (runs > left[block]) {
        return fail(ErrorKind::input,
                    fmt::format("more runs of block {} were handed over than it had", block));
      }
      left[block] -= runs;
    }
  }
  // A qemu that was killed may not have said the last of them.
  std::uint64_t booked = 0;
  for (const auto &block : record.blocks) {
    booked += block.runs * block.instructions;
  }
  HandOver last{std::numeric_limits<std::uint64_t>::max(), std::max(instructions, booked), {}};
  for (std::uint32_t block = 0; block < left.size(); ++block) {
    while (left[block] > 0) {
      const auto runs =
          std::min<std::uint64_t>(left[block], std::numeric_limits<std::uint32_t>::max());
      last.runs.push_back({block, static_cast<std::uint32_t>(runs)});
      left[block] -= runs;
    }
  }
  return last;
}

} // namespace

std::filesystem::path page_file(const std::filesystem::path &directory) {
  return directory / "instructions";
}

std::filesystem::path block_file(const std::filesystem::path &directory) {
  return directory / "blocks";
}

std::filesystem::path epoch_file(const std::filesystem::path &directory) {
  return directory / "epochs";
}

Result<void> create_block_record(const std::filesystem::path &directory) {
  if (const auto made = replace_file(epoch_file(directory), ""); !made) {
    return made;
  }
  return BlockCounts::create(block_file(directory)).map([](const BlockCounts &) {});
}

Result<BlockRecord> read_block_record(const std::filesystem::path &directory) {
  const auto page = CounterPage::open(page_file(directory));
  if (!page) {
    return tl::unexpected(page.error());
  }
  if (!page->counting() || page->lost_epochs()) {
    return fail(ErrorKind::not_measured, page->counting()
                                             ? "what blocks ran could not be handed over whole"
                                             : "no plugin counted in this launch");
  }
  const auto records = BlockCounts::open(block_file(directory));
  if (!records) {
    return tl::unexpected(records.error());
  }
  const auto epochs = read_file(epoch_file(directory), most_epoch_bytes);
  if (!epochs) {
    return tl::unexpected(epochs.error());
  }
  BlockRecord record;
  for (const auto &block : records->all(*page)) {
    record.blocks.push_back(code_block(block));
  }
  auto hand_overs = EpochReader(*epochs, record.blocks.size()).all();
  if (!hand_overs) {
    return tl::unexpected(hand_overs.error());
  }
  record.hand_overs = std::move(*hand_overs);
  auto last = last_hand_over(record, page->instructions());
  if (!last) {
    return tl::unexpected(last.error());
  }
  record.hand_overs.push_back(std::move(*last));
  return record;
}

} // namespace bootperf
