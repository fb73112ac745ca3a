#pragma once

#include <cstring>
#include <elf.h>
#include <string>
#include <vector>

namespace bootperf::testing {

/// A program of one executable segment, at offset 0x1000 of the file and of the address space, and
/// symbols for functions in it.
struct ElfImage {
  struct Symbol {
    std::string name;
    Elf64_Addr value = 0;
    Elf64_Xword size = 0;
    unsigned char type = STT_FUNC;
  };

  std::string code;
  std::vector<Symbol> symbols = {};
  Elf64_Word table = SHT_SYMTAB;

  std::string bytes() const {
    std::string names(1, '\0');
    std::vector<Elf64_Sym> entries(1);
    for (const auto &symbol : symbols) {
      Elf64_Sym entry = {};
      entry.st_name = static_cast<Elf64_Word>(names.size());
      entry.st_info = ELF64_ST_INFO(STB_GLOBAL, symbol.type);
      entry.st_shndx = 1;
      entry.st_value = symbol.value;
      entry.st_size = symbol.size;
      entries.push_back(entry);
      names += symbol.name + '\0';
    }
    const auto symbols_at = 0x1000 + code.size();
    const auto names_at = symbols_at + entries.size() * sizeof(Elf64_Sym);
    const auto sections_at = names_at + names.size();

    Elf64_Ehdr header = {};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_DYN;
    header.e_phoff = sizeof header;
    header.e_phnum = 1;
    header.e_shoff = sections_at;
    header.e_shnum = 3;
    Elf64_Phdr segment = {};
    segment.p_type = PT_LOAD;
    segment.p_flags = PF_R | PF_X;
    segment.p_offset = segment.p_vaddr = 0x1000;
    segment.p_filesz = code.size();
    Elf64_Shdr sections[3] = {};
    sections[1].sh_type = table;
    sections[1].sh_offset = symbols_at;
    sections[1].sh_size = entries.size() * sizeof(Elf64_Sym);
    sections[1].sh_link = 2;
    sections[2].sh_offset = names_at;
    sections[2].sh_size = names.size();

    std::string file(0x1000, '\0');
    std::memcpy(file.data(), &header, sizeof header);
    std::memcpy(file.data() + sizeof header, &segment, sizeof segment);
    file += code;
    file.append(reinterpret_cast<const char *>(entries.data()), // NOLINT
                entries.size() * sizeof(Elf64_Sym));
    file += names;
    file.append(reinterpret_cast<const char *>(sections), sizeof sections); // NOLINT
    return file;
  }
};

} // namespace bootperf::testing
