// The plugin in the real qemu, under icount as in counted launches, with guests that execute a
// known number of instructions.

#include "capture/counter/counter_page.h"

#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/arguments.h"
#include "capture/counter/block_counts.h"
#include "capture/counter/guest.h"
#include "capture/counter/page.h"
#include "capture/counter/preparation.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

using testing::behind_the_fault;
using testing::faulting_guest_image;
using testing::faulting_guest_instructions;
using testing::guest_image;
using testing::guest_instructions;

constexpr const char *qemu = "qemu-system-x86_64";

class Plugin : public ::testing::Test {
protected:
  void SetUp() override {
    if (find_program(qemu).empty()) {
      GTEST_SKIP() << "no " << qemu;
    }
    const auto found = find_counter(directory.path(), qemu);
    ASSERT_TRUE(found) << to_text(found.error());
    counter = *found;
  }

  Result<CommandOutput> run(const std::string &image, std::vector<std::string> more) const {
    const auto firmware = directory.path() / "guest.bin";
    EXPECT_TRUE(replace_file(firmware, image));
    std::vector<std::string> arguments = {qemu,           "-display",        "none",
                                          "-nodefaults",  "-no-user-config", "-machine",
                                          "pc,accel=tcg", "-no-reboot",      "-bios",
                                          firmware,       "-icount",         "shift=0,sleep=on"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments, std::chrono::seconds(60));
  }

  std::string plugin(const std::string &page) const {
    return plugin_argument(counter.plugin, {.page = page});
  }

  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page,with a comma";
  Counter counter;
};

TEST_F(Plugin, CountsEveryInstructionOfTheGuest) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(100'000), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), guest_instructions(100'000));
}

TEST_F(Plugin, CountsABlockThatAFaultLeavesWholeAndItsRestOnceMore) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(faulting_guest_image(), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_EQ(page->instructions(), faulting_guest_instructions + behind_the_fault);
}

class PluginWithBlocks : public Plugin {
protected:
  void SetUp() override {
    Plugin::SetUp();
    if (IsSkipped() || HasFatalFailure()) {
      return;
    }
    begin_page();
  }

  void begin_page() {
    std::filesystem::remove(file);
    auto made = CounterPage::create(file);
    ASSERT_TRUE(made);
    page.emplace(std::move(*made));
  }

  /// Runs the guest with a file for that many blocks.
  void count(const std::string &image, const std::string &more = "",
             std::uint64_t capacity = BlockCounts::usual_capacity,
             const std::vector<std::string> &arguments = {}) {
    std::filesystem::remove(blocks_file); // of an earlier run
    auto made = BlockCounts::create(blocks_file, capacity);
    ASSERT_TRUE(made);
    blocks.emplace(std::move(*made));
    std::vector<std::string> all = {"-plugin",
                                    plugin(file) + ",blocks=" + blocks_file.string() + more};
    all.insert(all.end(), arguments.begin(), arguments.end());
    const auto output = run(image, all);
    ASSERT_TRUE(output);
    ASSERT_EQ(output->status, 0) << output->text;
  }

  std::optional<BootperfBlock> block_at(std::uint64_t address) const {
    for (const auto &block : blocks->all(*page)) {
      if (block.address == address) {
        return block;
      }
    }
    return std::nullopt;
  }

  /// A guest that is halted three times until an interrupt with such an entry comes.
  void halt(const std::string &entry, std::uint16_t handler = testing::handler) {
    count(testing::halting_guest_image(entry, handler), "", BlockCounts::usual_capacity,
          {"-cpu", "qemu64,-apic"});
  }

  /// A guest in which a tick ends the first halt, and a device the others.
  void tick(const std::string &what_the_tick_does) {
    count(testing::ticking_guest_image(what_the_tick_does), "", BlockCounts::usual_capacity,
          {"-cpu", "qemu64,-apic"});
  }

  /// A host that is very busy ends a halt of 10 ms so late that it is all the host's: once more
  /// then.
  template <class Run>
  void until_on_time(Run run) {
    constexpr int attempts = 20;
    for (int attempt = 0; attempt < attempts && !HasFailure(); ++attempt) {
      begin_page();
      run();
      if (const auto waiting = page->counts().waiting; waiting && waiting->count() > 0) {
        return;
      }
    }
  }

  /// Nanoseconds of the guest's halts, so many of which have to have ended at that block.
  std::uint64_t halted_until(std::uint64_t address,
                             std::uint64_t halts = testing::halts_of_the_guest) const {
    const auto block = block_at(address);
    EXPECT_TRUE(block);
    EXPECT_EQ(block ? block->halts_ended : 0, halts);
    EXPECT_GT(block ? block->halted_ns : 0, 0u);
    return block ? block->halted_ns : 0;
  }

  /// Halts that the timer ended are waiting, but for how late a busy host let them end.
  void expect_waited_for_timer(std::uint64_t halted, std::uint64_t for_devices = 0) const {
    const auto counts = page->counts();
    ASSERT_TRUE(counts.waiting && counts.host_waiting);
    EXPECT_GT(counts.waiting->count(), 0);
    EXPECT_GE(counts.host_waiting->count(), static_cast<std::int64_t>(for_devices));
    EXPECT_EQ(*counts.waiting + *counts.host_waiting,
              std::chrono::nanoseconds(halted + for_devices));
  }

  std::uint64_t booked() const {
    std::uint64_t sum = 0;
    for (const auto &block : blocks->all(*page)) {
      sum += block.runs * block.instructions;
    }
    return sum;
  }

  const std::filesystem::path blocks_file = directory.path() / "blocks";
  std::optional<CounterPage> page;
  std::optional<BlockCounts> blocks;
};

TEST_F(PluginWithBlocks, BooksEveryInstructionToABlock) {
  count(guest_image(100'000));
  EXPECT_EQ(booked(), guest_instructions(100'000));
  const auto loop = block_at(testing::loop_start);
  ASSERT_TRUE(loop);
  EXPECT_EQ(loop->runs, 99'999u);
  EXPECT_EQ(loop->instructions, 2u);
  EXPECT_EQ(std::string(loop->code, loop->code + loop->code_size), "\x66\x49\x75\xfc");
}

TEST_F(PluginWithBlocks, CountsWhatFindsNoPlaceAllTheSame) {
  count(guest_image(100'000), "", 2);
  EXPECT_EQ(page->instructions(), guest_instructions(100'000));
  EXPECT_EQ(page->blocks(), 2u);
  EXPECT_LT(booked(), guest_instructions(100'000));
}

TEST_F(PluginWithBlocks, HandsOverWhatRanBeforeAnEventThatWasSeen) {
  const auto epochs = directory.path() / "epochs";
  ASSERT_TRUE(replace_file(epochs, ""));
  page->next_epoch(); // before the guest begins: it is handed over with the first block
  count(guest_image(100'000), ",epochs=" + epochs.string());
  const auto handed_over = read_file(epochs);
  ASSERT_TRUE(handed_over);
  BootperfHandOver first = {};
  ASSERT_EQ(handed_over->size(), sizeof first);
  std::memcpy(&first, handed_over->data(), sizeof first);
  EXPECT_EQ(first.epoch, 1u);
  EXPECT_EQ(first.instructions, 0u);
  EXPECT_EQ(first.changes, 0u);
  EXPECT_FALSE(page->lost_epochs());
}

TEST_F(PluginWithBlocks, SaysWhenAHandOverIsLost) {
  page->next_epoch();
  count(guest_image(1), ",epochs=/dev/full");
  EXPECT_TRUE(page->lost_epochs());
}

TEST_F(PluginWithBlocks, RefusesEpochsThatItCannotWrite) {
  const auto output = run(guest_image(1), {"-plugin", plugin(file) + ",epochs=/nowhere/epochs"});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("no file for epochs"), std::string::npos) << output->text;
}

TEST_F(PluginWithBlocks, KnowsSpinningByWhereItIs) {
  const auto loops = directory.path() / "loops";
  ASSERT_TRUE(
      replace_file(loops, fmt::format("0 1\n{:x} {:x}\n", testing::loop_start, testing::loop_end)));
  count(guest_image(100'000), ",loops=" + loops.string());
  EXPECT_EQ(page->counts().instructions, guest_instructions(100'000));
  EXPECT_EQ(page->counts().spinning, 2u * 99'999u);
}

TEST_F(PluginWithBlocks, KnowsNoSpinningWithoutLoops) {
  count(guest_image(100'000));
  EXPECT_FALSE(page->counts().spinning);
}

TEST_F(PluginWithBlocks, BooksWaitingForTheGuestsTimer) {
  until_on_time([this] { halt(testing::timer_entry); });
  expect_waited_for_timer(halted_until(testing::interrupt_handler));
}

TEST_F(PluginWithBlocks, BooksWaitingForADeviceToTheHost) {
  halt(testing::device_entry);
  const auto counts = page->counts();
  EXPECT_EQ(counts.waiting, std::chrono::nanoseconds(0));
  EXPECT_EQ(counts.host_waiting,
            std::chrono::nanoseconds(halted_until(testing::interrupt_handler)));
}

TEST_F(PluginWithBlocks, BooksTicksOnTheWayToADeviceToTheHost) {
  tick("");
  const auto ticked = halted_until(testing::interrupt_handler, 1);
  const auto device = halted_until(testing::second_interrupt_handler, 2);
  EXPECT_EQ(page->counts().waiting, std::chrono::nanoseconds(0));
  EXPECT_EQ(page->counts().host_waiting, std::chrono::nanoseconds(ticked + device));
}

TEST_F(PluginWithBlocks, BooksATickThatWokeSomebodyToTheGuest) {
  until_on_time([this] { tick(testing::putting_out); });
  const auto ticked = halted_until(testing::interrupt_handler, 1);
  const auto device = halted_until(testing::second_interrupt_handler, 2);
  expect_waited_for_timer(ticked, device);
}

TEST_F(PluginWithBlocks, EndsAHaltBehindItWhenTheInterruptIsNotKnown) {
  halt(testing::unknown_entry);
  EXPECT_EQ(page->counts().waiting, std::chrono::nanoseconds(0));
  EXPECT_EQ(page->counts().host_waiting,
            std::chrono::nanoseconds(halted_until(testing::behind_the_halt)));
}

TEST_F(PluginWithBlocks, KnowsTheTimerOfABios) {
  until_on_time([this] { halt(testing::unknown_entry, testing::bios_timer_handler); });
  expect_waited_for_timer(halted_until(testing::bios_timer_interrupt));
}

TEST_F(PluginWithBlocks, FindsNoWaitingInAGuestThatIsNeverHalted) {
  count(guest_image(100'000));
  EXPECT_EQ(page->counts().waiting, std::chrono::nanoseconds(0));
  EXPECT_EQ(page->counts().host_waiting, std::chrono::nanoseconds(0));
}

TEST_F(PluginWithBlocks, KeepsWhatWasCountedAtTheLastOutput) {
  const std::uint64_t before = 100'000;
  count(testing::writing_guest_image(before));
  const auto at_output = page->counts_at_output().instructions;
  EXPECT_GE(at_output, 2 * before);
  EXPECT_LT(at_output, page->instructions());
}

TEST_F(PluginWithBlocks, RefusesLoopsThatItCannotRead) {
  const auto loops = directory.path() / "loops";
  ASSERT_TRUE(replace_file(loops, "delay_tsc\n"));
  const auto output = run(guest_image(1), {"-plugin", plugin(file) + ",loops=" + loops.string()});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("expected two addresses a line"), std::string::npos) << output->text;
  EXPECT_FALSE(page->counting());
}

TEST_F(Plugin, RefusesToCountWithoutAPage) {
  const auto output = run(guest_image(1), {"-plugin", plugin(directory.path() / "missing")});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("bootperf counter: no counter page"), std::string::npos)
      << output->text;
}

TEST_F(Plugin, RefusesAPageOfAnotherVersion) {
  BootperfPage other = {};
  other.magic = BOOTPERF_PAGE_MAGIC;
  other.version = BOOTPERF_PAGE_VERSION + 1;
  std::string content(BOOTPERF_PAGE_SIZE, '\0');
  std::memcpy(content.data(), &other, sizeof other);
  ASSERT_TRUE(replace_file(file, content));

  const auto output = run(guest_image(1), {"-plugin", plugin(file)});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("bootperf counter: no counter page"), std::string::npos)
      << output->text;
  EXPECT_FALSE(CounterPage::open(file));
}

TEST_F(Plugin, RefusesArgumentsItDoesNotKnow) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const auto output = run(guest_image(1), {"-plugin", plugin(file) + ",colour=red"});
  ASSERT_TRUE(output);
  EXPECT_NE(output->text.find("unknown argument colour=red"), std::string::npos) << output->text;
  EXPECT_FALSE(page->counting());
}

// Stands in for the qemus that are not installed here: one of each further API.
class OtherQemu : public ::testing::TestWithParam<const char *> {
protected:
  testing::TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "page";
};

TEST_P(OtherQemu, IsCountedOnEveryVirtualProcessor) {
  const auto page = CounterPage::create(file);
  ASSERT_TRUE(page);
  const std::string api = GetParam();
  const auto output =
      run_command({program_directory() / ("qemu_stand_in_" + api),
                   program_directory() / ("libbootperf_counter_" + api + ".so"), file});
  ASSERT_TRUE(output);
  EXPECT_EQ(output->status, 0) << output->text;
  EXPECT_TRUE(page->counting());
  EXPECT_EQ(page->instructions(), 3u * 7u);
}

INSTANTIATE_TEST_SUITE_P(Plugin, OtherQemu, ::testing::Values("api2", "api7"),
                         [](const auto &name) { return std::string(name.param); });

} // namespace
} // namespace bootperf
