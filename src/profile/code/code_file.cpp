#include "profile/code/code_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <elf.h>

namespace bootperf {

namespace {

constexpr std::size_t longest_name = 1024;
constexpr std::uint64_t most_symbols = 4u << 20;
/// Of a function whose symbol has no size.
constexpr std::uint64_t longest_unsized = 1u << 16;

/// A structure at a place of the file, when all of it is in there.
template <class T>
std::optional<T> at(std::string_view bytes, std::uint64_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) {
    return std::nullopt;
  }
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

/// Part of the file, as far as it goes.
std::string_view part(std::string_view bytes, std::uint64_t offset, std::uint64_t size) {
  return offset > bytes.size() ? std::string_view() : bytes.substr(offset, size);
}

bool is_ours(const Elf64_Ehdr &header) {
  const auto order = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  return std::memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
         header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_ident[EI_DATA] == order &&
         (header.e_type == ET_EXEC || header.e_type == ET_DYN);
}

class ElfReader {
public:
  ElfReader(std::string_view bytes, const Elf64_Ehdr &header) : bytes_(bytes), header_(header) {}

  std::vector<CodeFile::Segment> segments() const {
    std::vector<CodeFile::Segment> segments;
    for (std::uint64_t i = 0; i < header_.e_phnum; ++i) {
      const auto segment = at<Elf64_Phdr>(bytes_, header_.e_phoff + i * sizeof(Elf64_Phdr));
      if (segment && segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0) {
        segments.push_back(
            {segment->p_vaddr, std::string(part(bytes_, segment->p_offset, segment->p_filesz))});
      }
    }
    return segments;
  }

  std::vector<CodeFile::Function> functions() const {
    auto functions = functions_of(SHT_SYMTAB);
    return functions.empty() ? functions_of(SHT_DYNSYM) : functions;
  }

private:
  std::optional<Elf64_Shdr> section(std::uint64_t index) const {
    return index < header_.e_shnum
               ? at<Elf64_Shdr>(bytes_, header_.e_shoff + index * sizeof(Elf64_Shdr))
               : std::nullopt;
  }

  std::vector<CodeFile::Function> functions_of(std::uint32_t type) const {
    std::vector<CodeFile::Function> functions;
    for (std::uint64_t i = 0; i < header_.e_shnum; ++i) {
      const auto table = section(i);
      const auto names = table && table->sh_type == type ? section(table->sh_link) : std::nullopt;
      if (names) {
        add_functions(part(bytes_, table->sh_offset, table->sh_size),
                      part(bytes_, names->sh_offset, names->sh_size), functions);
      }
    }
    std::stable_sort(functions.begin(), functions.end(),
                     [](const auto &a, const auto &b) { return a.first < b.first; });
    for (std::size_t i = 0; i < functions.size(); ++i) {
      if (functions[i].behind == functions[i].first) {
        const auto limit = functions[i].first + longest_unsized;
        functions[i].behind =
            i + 1 < functions.size() ? std::min(limit, functions[i + 1].first) : limit;
      }
    }
    return functions;
  }

  static void add_functions(std::string_view table, std::string_view names,
                            std::vector<CodeFile::Function> &functions) {
    const auto count = std::min<std::uint64_t>(table.size() / sizeof(Elf64_Sym), most_symbols);
    for (std::uint64_t i = 0; i < count; ++i) {
      const auto symbol = *at<Elf64_Sym>(table, i * sizeof(Elf64_Sym));
      const auto type = ELF64_ST_TYPE(symbol.st_info);
      if ((type != STT_FUNC && type != STT_GNU_IFUNC) || symbol.st_shndx == SHN_UNDEF) {
        continue;
      }
      auto name = part(names, symbol.st_name, longest_name);
      name = name.substr(0, name.find('\0'));
      if (!name.empty()) {
        functions.push_back({symbol.st_value, symbol.st_value + symbol.st_size, std::string(name)});
      }
    }
  }

  std::string_view bytes_;
  Elf64_Ehdr header_;
};

} // namespace

std::string_view CodeFile::function_at(std::uint64_t address) const {
  const auto behind =
      std::upper_bound(functions.begin(), functions.end(), address,
                       [](std::uint64_t where, const Function &f) { return where < f.first; });
  // Of several names of one place the first stands furthest back.
  std::string_view name;
  for (auto f = behind; f != functions.begin();) {
    --f;
    if (address < f->behind) {
      name = f->name;
    }
    if (f == functions.begin() || std::prev(f)->first != f->first) {
      break;
    }
  }
  return name;
}

std::optional<CodeFile> read_elf(std::string_view bytes) {
  const auto header = at<Elf64_Ehdr>(bytes, 0);
  if (!header || !is_ours(*header)) {
    return std::nullopt;
  }
  const ElfReader reader(bytes, *header);
  return CodeFile{reader.segments(), reader.functions()};
}

} // namespace bootperf
