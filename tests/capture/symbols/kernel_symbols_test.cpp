#include "capture/symbols/kernel_symbols.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr const char *kallsyms = "0000000000000000 A fixed_percpu_data\n"
                                 "ffffffff81000000 T _text\n"
                                 "ffffffff81000000 T startup_64\n"
                                 "ffffffff81000040 t memset_orig\n"
                                 "ffffffff81000060 T __memset\n"
                                 "ffffffff81000060 W memset\n"
                                 "ffffffff81000080 t delay_tsc\n"
                                 "ffffffff810000b0 t delay_halt_tpause\n"
                                 "ffffffff810000c0 t other\n"
                                 "ffffffff82000000 D a_variable\n"
                                 "ffffffffc0001000 t virtscsi_init\t[virtio_scsi]\n"
                                 "ffffffffc0001800 d virtscsi_driver\t[virtio_scsi]\n"
                                 "ffffffffc0009000 t late\t[virtio_scsi]\n";

KernelSymbols parsed(const std::string &text = kallsyms) {
  auto symbols = KernelSymbols::parse(text, "kallsyms");
  EXPECT_TRUE(symbols) << to_text(symbols.error());
  return *symbols;
}

std::string function_at(const KernelSymbols &symbols, std::uint64_t address) {
  const KernelFunction *function = symbols.find(address);
  return function == nullptr ? "" : function->module + ":" + function->name;
}

TEST(KernelSymbols, FindsTheFunctionInWhichAnAddressLies) {
  const auto symbols = parsed();
  EXPECT_EQ(function_at(symbols, 0xffffffff81000040), ":memset_orig");
  EXPECT_EQ(function_at(symbols, 0xffffffff8100005f), ":memset_orig");
  EXPECT_EQ(function_at(symbols, 0xffffffffc0001234), "virtio_scsi:virtscsi_init");
}

TEST(KernelSymbols, TakesThePlainestOfSeveralNames) {
  EXPECT_EQ(function_at(parsed(), 0xffffffff81000001), ":startup_64");
  EXPECT_EQ(function_at(parsed(), 0xffffffff81000061), ":memset");
}

TEST(KernelSymbols, FindsNothingInDataBelowAndFarBehind) {
  const auto symbols = parsed();
  EXPECT_EQ(function_at(symbols, 0), "");
  EXPECT_EQ(function_at(symbols, 0xffffffff80ffffff), "");
  EXPECT_EQ(function_at(symbols, 0xffffffff82000000), "") << "data";
  EXPECT_EQ(function_at(symbols, 0xffffffffc0001800), "") << "data of a module";
  EXPECT_EQ(function_at(symbols, 0xffffffffc0009001), "virtio_scsi:late");
  EXPECT_EQ(function_at(symbols, 0xffffffffc0019000), "") << "64 KiB behind the last symbol";
  EXPECT_EQ(function_at(symbols, 0xffffffffffffffff), "");
}

TEST(KernelSymbols, DoNotDependOnTheOrderOfTheLines) {
  EXPECT_EQ(function_at(parsed("ffffffff81000040 t b\nffffffff81000000 t a\n"), 0xffffffff81000010),
            ":a");
}

TEST(KernelSymbols, RefuseWhatIsNoListOfThem) {
  for (const char *text : {"ffffffff81000000 T\n", "T startup_64\n", "xyz T startup_64\n",
                           "ffffffff81000000 T f\tmodule\n", "ffffffff81000000  T f\n", "\n"}) {
    const auto symbols = KernelSymbols::parse(text, "kallsyms");
    ASSERT_FALSE(symbols) << text;
    EXPECT_EQ(symbols.error().where.line, 1) << text;
  }
}

TEST(KernelSymbols, RefuseAListWithoutAddresses) {
  const auto hidden = KernelSymbols::parse("0000000000000000 T startup_64\n", "kallsyms");
  ASSERT_FALSE(hidden);
  EXPECT_NE(hidden.error().message.find("addresses of code other than 0"), std::string::npos);
  EXPECT_FALSE(KernelSymbols::parse("", "kallsyms"));
}

TEST(KernelSymbols, MoveWithTheModulesOfALaunch) {
  const std::string then = "virtio_scsi 28672 1 - Live 0xffffffffc0001000\n";
  const auto moved = parsed().moved(then, "other 4096 0 - Live 0xffffffffc0001000\n"
                                          "virtio_scsi 28672 1 - Live 0xffffffffc0101000\n");
  EXPECT_EQ(function_at(moved, 0xffffffffc0001010), "") << "where it was";
  EXPECT_EQ(function_at(moved, 0xffffffffc0101010), "virtio_scsi:virtscsi_init");
  EXPECT_EQ(function_at(moved, 0xffffffff81000040), ":memset_orig") << "the kernel stays";
  EXPECT_EQ(function_at(parsed().moved(then, then), 0xffffffffc0001010),
            "virtio_scsi:virtscsi_init");
}

TEST(KernelSymbols, OfAModuleThatIsNotLoadedAreLeftOut) {
  const auto moved = parsed().moved("virtio_scsi 28672 1 - Live 0xffffffffc0001000\n",
                                    "virtio_scsi 28672 1 - Live 0x0000000000000000\nnonsense\n");
  EXPECT_EQ(function_at(moved, 0xffffffffc0001010), "");
  EXPECT_EQ(function_at(moved, 0xffffffff81000040), ":memset_orig");
}

TEST(KernelSymbols, AreFoundByEachOfTheirNames) {
  const auto symbols = parsed();
  ASSERT_EQ(symbols.named("__memset").size(), 1u);
  EXPECT_EQ(symbols.named("__memset")[0].first, 0xffffffff81000060);
  EXPECT_EQ(symbols.named("delay_*").size(), 2u);
  EXPECT_TRUE(symbols.named("a_variable").empty());
}

TEST(DelayLoops, AreALineEach) {
  EXPECT_EQ(delay_loops(parsed()), "ffffffff81000080 ffffffff810000b0\n"
                                   "ffffffff810000b0 ffffffff810000c0\n");
}

TEST(DelayLoops, OfAKernelThatHasNoneAreNoLines) {
  EXPECT_EQ(delay_loops(parsed("ffffffff81000000 T startup_64\n")), "");
}

} // namespace
} // namespace bootperf
