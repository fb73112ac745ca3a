#include "profile/code/program_code.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::uint64_t page_bytes = 4096;
/// Shorter code is everywhere.
constexpr std::size_t telling_bytes = 8;

/// Code of a file, as it would be loaded so that a block has its address.
struct Loaded {
  std::size_t file = 0;
  std::uint64_t base = 0;

  auto operator<=>(const Loaded &) const = default;
};

/// Finds which of the blocks begin at a byte of a file.
class BlockTable {
public:
  BlockTable(const std::vector<CodeBlock> &blocks, const std::vector<std::uint32_t> &wanted)
      : blocks_(blocks), filter_(filter_bits) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const CodeBlock &block = blocks[wanted[i]];
      if (block.code.size() >= telling_bytes) {
        const auto key = key_of(block.address % page_bytes, block.code.data());
        filter_[key % filter_bits] = true;
        table_.emplace(key, i);
      }
    }
  }

  /// Calls it with the index (into the wanted ones) of each.
  template <class Found>
  void find(const CodeFile::Segment &segment, const std::vector<std::uint32_t> &wanted,
            Found &&found) const {
    const std::string_view bytes = segment.bytes;
    for (std::size_t at = 0; at + telling_bytes <= bytes.size(); ++at) {
      const auto key = key_of((segment.address + at) % page_bytes, bytes.data() + at);
      if (!filter_[key % filter_bits]) {
        continue;
      }
      const auto [first, last] = table_.equal_range(key);
      for (auto entry = first; entry != last; ++entry) {
        const CodeBlock &block = blocks_[wanted[entry->second]];
        const auto code = bytes.substr(at, block.code_size);
        if (code.size() == block.code_size && code.starts_with(block.code) &&
            fnv1a_64(code) == block.content) {
          found(entry->second, segment.address + at);
        }
      }
    }
  }

private:
  static constexpr std::size_t filter_bits = 1u << 22;

  static std::uint64_t key_of(std::uint64_t offset, const char *code) {
    std::uint64_t word = 0;
    std::memcpy(&word, code, sizeof word);
    word = (word ^ (offset << 52U)) * 0x9e3779b97f4a7c15;
    return word ^ (word >> 29U);
  }

  const std::vector<CodeBlock> &blocks_;
  std::vector<bool> filter_;
  std::unordered_multimap<std::uint64_t, std::size_t> table_;
};

/// Whether the file has the block's code where it would lie if loaded there.
bool holds(const CodeFile &file, std::uint64_t base, const CodeBlock &block) {
  return std::any_of(
      file.segments.begin(), file.segments.end(), [&](const CodeFile::Segment &segment) {
        const auto at = block.address - base - segment.address;
        if (block.address < base || block.address - base < segment.address ||
            at >= segment.bytes.size()) {
          return false;
        }
        const auto code = std::string_view(segment.bytes).substr(at, block.code_size);
        return code.size() == block.code_size && fnv1a_64(code) == block.content;
      });
}

class Finder {
public:
  Finder(const std::vector<CodeBlock> &blocks, const std::vector<std::uint32_t> &wanted,
         const ProgramFiles &files)
      : blocks_(blocks), wanted_(wanted), files_(files), candidates_(wanted.size()),
        chosen_(wanted.size()) {}

  std::vector<std::optional<ProfileFunction>> find() {
    sweep_files();
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      for (const Loaded &loaded : candidates_[i]) {
        consider(i, loaded);
      }
    }
    find_short_ones();
    return functions();
  }

private:
  void sweep_files() {
    const BlockTable table(blocks_, wanted_);
    for (std::size_t file = 0; file < files_.names.size(); ++file) {
      const auto code = files_.read(file);
      if (!code) {
        continue;
      }
      for (const auto &segment : code->segments) {
        table.find(segment, wanted_, [&](std::size_t i, std::uint64_t address) {
          const auto at = blocks_[wanted_[i]].address;
          if (at >= address) {
            const Loaded loaded{file, at - address};
            candidates_[i].push_back(loaded);
            ++weights_[loaded];
          }
        });
      }
    }
  }

  void consider(std::size_t i, const Loaded &loaded) {
    if (!chosen_[i] || weights_.at(loaded) > weights_.at(*chosen_[i])) {
      chosen_[i] = loaded;
    }
  }

  /// Only what explains the most of anything is taken for loaded: that a few bytes are the same by
  /// chance says nothing.
  void find_short_ones() {
    std::map<std::size_t, std::vector<std::uint64_t>> loaded;
    std::map<Loaded, bool> known;
    for (const auto &choice : chosen_) {
      if (choice && !std::exchange(known[*choice], true)) {
        loaded[choice->file].push_back(choice->base);
      }
    }
    for (const auto &[file, bases] : loaded) {
      const auto code = files_.read(file);
      if (!code) {
        continue;
      }
      for (std::size_t i = 0; i < wanted_.size(); ++i) {
        const CodeBlock &block = blocks_[wanted_[i]];
        if (block.code.size() >= telling_bytes) {
          continue;
        }
        for (const auto base : bases) {
          if (holds(*code, base, block)) {
            consider(i, {file, base});
          }
        }
      }
    }
  }

  std::vector<std::optional<ProfileFunction>> functions() const {
    std::map<std::size_t, std::vector<std::size_t>> by_file;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (chosen_[i]) {
        by_file[chosen_[i]->file].push_back(i);
      }
    }
    std::vector<std::optional<ProfileFunction>> functions(chosen_.size());
    for (const auto &[file, indexes] : by_file) {
      const auto code = files_.read(file);
      for (const std::size_t i : indexes) {
        const auto address = blocks_[wanted_[i]].address - chosen_[i]->base;
        const auto name = code ? code->function_at(address) : std::string_view();
        functions[i] = {files_.names[file], name.empty() ? unknown_code : std::string(name)};
      }
    }
    return functions;
  }

  const std::vector<CodeBlock> &blocks_;
  const std::vector<std::uint32_t> &wanted_;
  const ProgramFiles &files_;
  std::vector<std::vector<Loaded>> candidates_;
  std::map<Loaded, std::size_t> weights_; ///< blocks that it explains
  std::vector<std::optional<Loaded>> chosen_;
};

} // namespace

std::vector<std::optional<ProfileFunction>>
find_in_programs(const std::vector<CodeBlock> &blocks, const std::vector<std::uint32_t> &wanted,
                 const ProgramFiles &files) {
  return Finder(blocks, wanted, files).find();
}

} // namespace bootperf
