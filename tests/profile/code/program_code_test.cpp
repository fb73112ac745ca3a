#include "profile/code/program_code.h"

#include <numeric>

#include <gtest/gtest.h>

#include "profile/code/blocks.h"

namespace bootperf {
namespace {

using testing::block_of;

/// Programs whose code begins at 0x1000, with a function every 0x20 bytes.
ProgramFiles programs(const std::vector<std::pair<std::string, std::string>> &named) {
  ProgramFiles files;
  for (const auto &[name, code] : named) {
    files.names.push_back(name);
  }
  files.read = [named](std::size_t index) -> std::optional<CodeFile> {
    const auto &code = named[index].second;
    if (code.empty()) {
      return std::nullopt;
    }
    CodeFile file;
    file.segments.push_back({0x1000, code});
    for (std::uint64_t at = 0; at < code.size(); at += 0x20) {
      file.functions.push_back({0x1000 + at, 0x1000 + at + 0x20, "f" + std::to_string(at / 0x20)});
    }
    return file;
  };
  return files;
}

std::vector<std::optional<ProfileFunction>> found(const std::vector<CodeBlock> &blocks,
                                                  const ProgramFiles &files) {
  std::vector<std::uint32_t> all(blocks.size());
  std::iota(all.begin(), all.end(), 0U);
  return find_in_programs(blocks, all, files);
}

std::string text(const std::optional<ProfileFunction> &function) {
  return function ? function->object + " " + function->name : "";
}

const std::string first_code = "0123456789abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ.,-+*/";
const std::string second_code = "0123456789abcdef................ABCDEFGHIJKL....................";

TEST(ProgramCode, IsFoundByItsBytesAndItsPlaceInThePage) {
  const auto files = programs({{"/bin/one", first_code}});
  const auto functions = found({block_of(0x7f0000001004, first_code.substr(4, 10)),
                                block_of(0x7f0000001024, first_code.substr(0x24, 16)),
                                block_of(0x7f0000001008, first_code.substr(4, 10)),
                                block_of(0x7f0000001004, "4567890123")},
                               files);
  EXPECT_EQ(text(functions[0]), "/bin/one f0");
  EXPECT_EQ(text(functions[1]), "/bin/one f1");
  EXPECT_EQ(text(functions[2]), "") << "at another offset";
  EXPECT_EQ(text(functions[3]), "") << "other bytes";
}

TEST(ProgramCode, OfABlockLongerThanWhatIsKeptIsComparedWhole) {
  const auto files = programs({{"/bin/one", first_code}});
  EXPECT_EQ(text(found({block_of(0x7f0000001000, first_code.substr(0, 60))}, files)[0]),
            "/bin/one f0");
  auto changed = first_code.substr(0, 60);
  changed[59] = '!';
  EXPECT_EQ(text(found({block_of(0x7f0000001000, changed)}, files)[0]), "");
}

TEST(ProgramCode, ThatSeveralFilesHaveIsOfTheOneThatExplainsMoreAround) {
  const auto files = programs({{"/bin/other", second_code}, {"/bin/one", first_code}});
  const auto functions = found({block_of(0x7f0000001000, first_code.substr(0, 12)),
                                block_of(0x7f0000001012, first_code.substr(0x12, 12)),
                                block_of(0x7f0000002000, first_code.substr(0, 12)),
                                block_of(0x7f0000002012, second_code.substr(0x12, 12))},
                               files);
  EXPECT_EQ(text(functions[0]), "/bin/one f0");
  EXPECT_EQ(text(functions[2]), "/bin/other f0") << "loaded elsewhere, it is the other's";
}

TEST(ProgramCode, OfAFewBytesIsFoundWhereAProgramIsLoaded) {
  const auto files = programs({{"/bin/one", first_code}});
  const auto functions =
      found({block_of(0x7f0000001000, first_code.substr(0, 12)), block_of(0x7f0000001021, "B"),
             block_of(0x7f0000009021, "B"), block_of(0x7f0000001022, "B")},
            files);
  EXPECT_EQ(text(functions[1]), "/bin/one f1");
  EXPECT_EQ(text(functions[2]), "") << "nothing is known to be loaded there";
  EXPECT_EQ(text(functions[3]), "") << "another byte";
}

TEST(ProgramCode, OfFilesThatCannotBeReadIsUnknown) {
  const auto functions =
      found({block_of(0x7f0000001000, first_code.substr(0, 12))}, programs({{"/bin/gone", ""}}));
  EXPECT_EQ(text(functions[0]), "");
  EXPECT_TRUE(found({}, programs({})).empty());
}

TEST(ProgramCode, WithoutASymbolIsKnownByItsFile) {
  auto files = programs({{"/bin/one", first_code}});
  files.read = [read = files.read](std::size_t index) {
    auto file = read(index);
    file->functions.clear();
    return file;
  };
  EXPECT_EQ(text(found({block_of(0x7f0000001000, first_code.substr(0, 12))}, files)[0]),
            "/bin/one (unknown)");
}

} // namespace
} // namespace bootperf
