#include "profile/code/code_file.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "profile/code/elf_image.h"

namespace bootperf {
namespace {

using testing::ElfImage;

TEST(CodeFile, HoldsTheExecutableSegment) {
  const auto code = read_elf(ElfImage{"some code"}.bytes());
  ASSERT_TRUE(code);
  ASSERT_EQ(code->segments.size(), 1u);
  EXPECT_EQ(code->segments[0].address, 0x1000u);
  EXPECT_EQ(code->segments[0].bytes, "some code");
}

TEST(CodeFile, KnowsTheFunctionAtAnAddress) {
  const auto code = read_elf(ElfImage{
      std::string(64, '\x90'),
      {{"second", 0x1010, 0x10},
       {"first", 0x1000, 0x10},
       {"data", 0x1020, 8, STT_OBJECT},
       {"unsized", 0x1030, 0}}}.bytes());
  ASSERT_TRUE(code);
  EXPECT_EQ(code->function_at(0x1000), "first");
  EXPECT_EQ(code->function_at(0x100f), "first");
  EXPECT_EQ(code->function_at(0x1010), "second");
  EXPECT_EQ(code->function_at(0x1020), "") << "data";
  EXPECT_EQ(code->function_at(0x1035), "unsized");
  EXPECT_EQ(code->function_at(0xfff), "");
}

TEST(CodeFile, TakesTheFirstOfSeveralNames) {
  const auto code = read_elf(
      ElfImage{std::string(16, '\x90'), {{"read", 0x1000, 8}, {"__read", 0x1000, 8}}}.bytes());
  ASSERT_TRUE(code);
  EXPECT_EQ(code->function_at(0x1004), "read");
}

TEST(CodeFile, UsesExportedSymbolsOfAStrippedLibrary) {
  const auto code =
      read_elf(ElfImage{std::string(16, '\x90'), {{"open", 0x1000, 8}}, SHT_DYNSYM}.bytes());
  ASSERT_TRUE(code);
  EXPECT_EQ(code->function_at(0x1004), "open");
}

TEST(CodeFile, OfAnythingElseIsNone) {
  EXPECT_FALSE(read_elf(""));
  EXPECT_FALSE(read_elf("#!/bin/sh\n"));
  auto other_class = ElfImage{"code"}.bytes();
  other_class[EI_CLASS] = ELFCLASS32;
  EXPECT_FALSE(read_elf(other_class));
}

// Whatever a header says: no read beyond the file, which a sanitizer would find.
TEST(CodeFile, IsReadAsFarAsTheFileGoes) {
  const auto whole = ElfImage{"some code", {{"first", 0x1000, 4}}}.bytes();
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    read_elf(std::string_view(whole).substr(0, size));
  }
  for (std::size_t at = 0; at < whole.size(); at = at == 127 ? 0x1000 : at + 1) {
    auto damaged = whole;
    damaged[at] = '\xff';
    read_elf(damaged);
  }
}

} // namespace
} // namespace bootperf
