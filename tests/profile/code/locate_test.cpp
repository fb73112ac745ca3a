#include "profile/code/locate.h"

#include <gtest/gtest.h>

#include "profile/code/blocks.h"

namespace bootperf {
namespace {

using testing::block_of;

KernelSymbols kernel() {
  return *KernelSymbols::parse("ffffffff81000000 T startup_64\n"
                               "ffffffff81001000 D data\n"
                               "ffffffffc0000000 t probe\t[virtio_scsi]\n"
                               "ffffffffc0001000 d driver\t[virtio_scsi]\n",
                               "kallsyms");
}

class Locate : public ::testing::Test {
protected:
  /// The blocks run one hand-over each.
  std::vector<std::string> located(const std::string &architecture = "x86_64") {
    for (std::uint32_t i = 0; i < record.blocks.size(); ++i) {
      record.hand_overs.push_back({i, i, {{i, 1}}});
    }
    const CodeSources sources{architecture, kernel(), {}};
    std::vector<std::string> texts;
    for (const auto &function : locate_blocks(record, sources)) {
      texts.push_back(function.object + " " + function.name);
    }
    return texts;
  }

  BlockRecord record;
};

TEST_F(Locate, FindsKernelAndModulesByAddress) {
  record.blocks = {block_of(0xffffffff81000010, "code"), block_of(0xffffffffc0000010, "code"),
                   block_of(0xffffffffc0001010, "code")};
  EXPECT_EQ(located(), (std::vector<std::string>{"vmlinux startup_64", "virtio_scsi.ko probe",
                                                 "(kernel) (unknown)"}));
}

TEST_F(Locate, FindsWhatRanBeforeTheKernelByAddress) {
  record.blocks = {block_of(0xfffffff0, "reset"),          block_of(0xf0000, "bios"),
                   block_of(0x4efe0000, "bios"),           block_of(0x4310000, "unpacking"),
                   block_of(0xffffffff81000010, "kernel"), block_of(0x4310000, "a program")};
  EXPECT_EQ(located(), (std::vector<std::string>{"firmware (any)", "firmware (any)",
                                                 "firmware (any)", "kernel image (unpacking)",
                                                 "vmlinux startup_64", "(user space) (unknown)"}));
}

TEST_F(Locate, SaysNothingOfWhatRanBeforeTheKernelOfAnArchitectureItDoesNotKnow) {
  record.blocks = {block_of(0xf0000, "firmware")};
  EXPECT_EQ(located("riscv64"), std::vector<std::string>{"(user space) (unknown)"});
}

} // namespace
} // namespace bootperf
