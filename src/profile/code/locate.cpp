#include "profile/code/locate.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"

namespace bootperf {

Embedded early_code_ranges();

namespace {

struct EarlyCode {
  std::uint64_t first = 0, behind = 0;
  ProfileFunction function;
};

std::string_view next_word(std::string_view &line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

std::uint64_t hexadecimal(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

std::vector<EarlyCode> early_code_of(std::string_view architecture) {
  std::vector<EarlyCode> ranges;
  std::string_view text = early_code_ranges().text;
  while (!text.empty()) {
    auto line = take_line(text);
    if (next_word(line) != architecture) {
      continue;
    }
    EarlyCode range;
    range.first = hexadecimal(next_word(line));
    range.behind = hexadecimal(next_word(line));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const auto slash = std::min(line.find('/'), line.size());
    range.function = {std::string(line.substr(0, slash)),
                      std::string(line.substr(std::min(slash + 1, line.size())))};
    ranges.push_back(std::move(range));
  }
  return ranges;
}

/// Kernels have the upper half of the addresses, on all architectures that qemu's plugins know.
bool of_kernel(const CodeBlock &block) {
  return (block.address >> 63U) != 0;
}

/// Blocks that ran no later than the first one of the kernel.
std::vector<bool> early_blocks(const BlockRecord &record) {
  std::vector<bool> early(record.blocks.size());
  for (const HandOver &hand_over : record.hand_overs) {
    bool kernel = false;
    for (const BlockRuns &runs : hand_over.runs) {
      early[runs.block] = true;
      kernel = kernel || of_kernel(record.blocks[runs.block]);
    }
    if (kernel) {
      break;
    }
  }
  return early;
}

ProfileFunction kernel_function(const KernelSymbols &symbols, std::uint64_t address) {
  const KernelFunction *function = symbols.find(address);
  if (function == nullptr) {
    return {"(kernel)", unknown_code};
  }
  return {function->module.empty() ? "vmlinux" : function->module + ".ko", function->name};
}

} // namespace

std::vector<ProfileFunction> locate_blocks(const BlockRecord &record, const CodeSources &sources) {
  std::vector<ProfileFunction> functions(record.blocks.size());
  std::vector<std::uint32_t> of_programs;
  for (std::uint32_t i = 0; i < record.blocks.size(); ++i) {
    if (of_kernel(record.blocks[i])) {
      functions[i] = kernel_function(sources.kernel, record.blocks[i].address);
    } else if (record.blocks[i].runs > 0) {
      of_programs.push_back(i);
    }
  }
  const auto found = find_in_programs(record.blocks, of_programs, sources.programs);
  const auto early = early_blocks(record);
  const auto ranges = early_code_of(sources.architecture);
  for (std::size_t i = 0; i < of_programs.size(); ++i) {
    const auto block = of_programs[i];
    const auto address = record.blocks[block].address;
    const auto range = std::find_if(ranges.begin(), ranges.end(), [&](const EarlyCode &code) {
      return address >= code.first && address < code.behind;
    });
    if (early[block] && range != ranges.end()) {
      functions[block] = range->function;
    } else {
      functions[block] = found[i].value_or(ProfileFunction{"(user space)", unknown_code});
    }
  }
  return functions;
}

} // namespace bootperf
