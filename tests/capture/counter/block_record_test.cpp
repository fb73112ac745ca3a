#include "capture/counter/block_record.h"

#include <cstring>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/page.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

/// Writes the files as the plugin does.
class BlockRecordFiles : public ::testing::Test {
protected:
  BlockRecordFiles() { page.ready = 1; }

  void write() {
    page.magic = BOOTPERF_PAGE_MAGIC;
    page.version = BOOTPERF_PAGE_VERSION;
    page.blocks = blocks.size();
    std::string content(BOOTPERF_PAGE_SIZE, '\0');
    std::memcpy(content.data(), &page, sizeof page);
    ASSERT_TRUE(replace_file(page_file(place), content));
    content.assign(sizeof(BootperfBlock) * 8, '\0');
    for (std::size_t i = 0; i < blocks.size(); ++i)
      std::memcpy(&content[i * sizeof blocks[i]], &blocks[i], sizeof blocks[i]);
    ASSERT_TRUE(replace_file(block_file(place), content));
    ASSERT_TRUE(replace_file(epoch_file(place), epochs));
  }

  void add_block(std::uint64_t runs, std::uint32_t instructions) {
    BootperfBlock block = {};
    block.address = 0x1000 * (blocks.size() + 1);
    block.runs = runs;
    block.instructions = instructions;
    block.code_size = 2;
    block.code[0] = 0x90;
    blocks.push_back(block);
    page.latest.work += runs * instructions;
  }

  void hand_over(std::uint64_t epoch, std::uint64_t instructions,
                 const std::vector<BootperfChange> &changes) {
    const BootperfHandOver head{epoch, instructions, changes.size()};
    append(&head, sizeof head);
    append(changes.data(), changes.size() * sizeof(BootperfChange));
  }

  void append(const void *data, std::size_t size) {
    epochs.append(static_cast<const char *>(data), size);
  }

  testing::TemporaryDirectory directory;
  const std::filesystem::path place = directory.path() / "record";
  BootperfPage page = {};
  std::vector<BootperfBlock> blocks;
  std::string epochs;
};

TEST_F(BlockRecordFiles, GiveEachRunToOneHandOver) {
  add_block(10, 3);
  add_block(4, 5);
  hand_over(7, 6, {{0, 2}});
  hand_over(9, 26, {{0, 5}, {1, 1}});
  write();
  const auto record = read_block_record(place);
  ASSERT_TRUE(record) << to_text(record.error());
  EXPECT_EQ(record->blocks[0].code, std::string("\x90\0", 2));
  ASSERT_EQ(record->hand_overs.size(), 3u);
  EXPECT_EQ(record->hand_overs[1].events, 9u);
  EXPECT_EQ(record->hand_overs[1].instructions, 26u);
  const auto &last = record->hand_overs[2];
  EXPECT_EQ(last.instructions, 50u);
  ASSERT_EQ(last.runs.size(), 2u);
  EXPECT_EQ(last.runs[0].runs, 3u);
  EXPECT_EQ(last.runs[1].runs, 3u);
}

TEST_F(BlockRecordFiles, OfAGuestKilledInAHandOverLackNothing) {
  add_block(10, 1);
  hand_over(1, 4, {{0, 4}});
  hand_over(2, 9, {{0, 5}});
  epochs.resize(epochs.size() - 1);
  write();
  const auto record = read_block_record(place);
  ASSERT_TRUE(record) << to_text(record.error());
  ASSERT_EQ(record->hand_overs.size(), 2u);
  EXPECT_EQ(record->hand_overs[1].runs[0].runs, 6u);
}

TEST_F(BlockRecordFiles, ThatContradictEachOtherAreRefused) {
  add_block(1, 1);
  hand_over(1, 2, {{0, 2}});
  write();
  ASSERT_FALSE(read_block_record(place)) << "more runs than there were";
  epochs.clear();
  hand_over(1, 2, {{1, 1}});
  write();
  ASSERT_FALSE(read_block_record(place)) << "a block that is not there";
}

TEST_F(BlockRecordFiles, WithoutAPluginOrWithLossesAreNotMeasured) {
  add_block(1, 1);
  page.ready = 0;
  write();
  auto record = read_block_record(place);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().kind, ErrorKind::not_measured);
  page.ready = 1;
  page.epochs_lost = 1;
  write();
  record = read_block_record(place);
  ASSERT_FALSE(record);
  EXPECT_EQ(record.error().kind, ErrorKind::not_measured);
}

TEST_F(BlockRecordFiles, ThatAreNotThereAreAnError) {
  EXPECT_FALSE(read_block_record(place));
  write();
  std::filesystem::remove(epoch_file(place));
  EXPECT_FALSE(read_block_record(place));
  ASSERT_TRUE(replace_file(block_file(place), "half a record"));
  EXPECT_FALSE(read_block_record(place));
}

TEST_F(BlockRecordFiles, AreMadeOnce) {
  ASSERT_TRUE(create_block_record(place));
  EXPECT_FALSE(create_block_record(place));
}

} // namespace
} // namespace bootperf
