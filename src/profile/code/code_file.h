#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bootperf {

/// The code of a program or a library, as it lies in memory once it is loaded at address 0.
struct CodeFile {
  struct Segment {
    std::uint64_t address = 0; ///< of its first byte
    std::string bytes;
  };
  struct Function {
    std::uint64_t first = 0, behind = 0; ///< addresses
    std::string name;
  };

  std::vector<Segment> segments;   ///< those that may be executed
  std::vector<Function> functions; ///< in order of their addresses

  /// The name of the function at an address, or "".
  std::string_view function_at(std::uint64_t address) const;
};

/// Reads an ELF file of 64 bits in this machine's byte order: its executable segments, and its
/// functions by .symtab or, where that was stripped, by .dynsym. None for anything else; what its
/// headers say is believed only as far as the file goes.
std::optional<CodeFile> read_elf(std::string_view bytes);

} // namespace bootperf
