#include "profile/booking.h"

#include <map>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

constexpr const char *yaml = R"(rules: 1
phases:
  - name: run
  - name: launch
    parent: run
    begin: start
    end: {source: launch_done}
  - name: kernel
    parent: launch
    begin: {source: appliance, match: '^Linux'}
    end: {source: appliance, match: '^init'}
)";

/// A log of console lines, each an event whose count says when the host read it.
BootLog log_of(const std::vector<std::pair<std::string, std::uint64_t>> &lines) {
  BootLog log;
  std::int64_t t_ns = 0;
  for (const auto &[text, instructions] : lines) {
    Event event;
    event.t_ns = t_ns += 1000;
    event.source = text.empty() ? Source::launch_done : Source::appliance;
    event.message = text.empty() ? "" : text + '\n';
    if (instructions > 0) {
      event.instructions = instructions;
    }
    log.events.push_back(std::move(event));
  }
  log.end.emplace().ok = true;
  return log;
}

class Booking : public ::testing::Test {
protected:
  Profile booked(const BootLog &log) {
    for (const auto &block : record.blocks) {
      functions.push_back({"vmlinux", "f" + std::to_string(block.address)});
    }
    const auto rules = parse_rules(yaml, "rules");
    EXPECT_TRUE(rules) << to_text(rules.error());
    return rules ? book(log, record, functions, *rules) : Profile{};
  }

  static std::map<std::string, std::uint64_t> by_phase(const Profile &profile) {
    std::map<std::string, std::uint64_t> sums;
    for (const auto &row : profile.launches[0].rows) {
      sums[profile.phases[row.phase]] += row.instructions;
    }
    return sums;
  }

  BlockRecord record;
  std::vector<ProfileFunction> functions;
};

using Sums = std::map<std::string, std::uint64_t>;

TEST_F(Booking, GivesEachHandOverToThePhaseInWhichItLies) {
  record.blocks = {{.address = 1, .instructions = 2}, {.address = 2, .instructions = 5}};
  record.hand_overs = {
      {1, 10, {{0, 5}}}, {2, 20, {{1, 2}}}, {3, 40, {{0, 10}}}, {9, 47, {{0, 1}, {1, 1}}}};
  const auto profile = booked(log_of({{"BIOS", 9}, {"Linux", 19}, {"init", 38}, {"", 46}}));
  EXPECT_EQ(by_phase(profile),
            (Sums{{"run > launch > (other)", 10 + 10 + 7}, {"run > launch > kernel", 20}}));
  EXPECT_EQ(profile.launches[0].instructions, 47u);
}

TEST_F(Booking, BooksWhatHadNoRoomAsUnknown) {
  record.blocks = {{.address = 1, .instructions = 1}};
  record.hand_overs = {{1, 10, {{0, 4}}}, {9, 12, {{0, 2}}}};
  const auto profile = booked(log_of({{"Linux", 9}, {"", 12}}));
  EXPECT_EQ(profile.launches[0].instructions, 12u);
  EXPECT_EQ(profile.functions.back(), (ProfileFunction{"(unknown)", "(unknown)"}));
}

TEST_F(Booking, BooksEventsThatCameTogetherToTheFirstOfTheirPhases) {
  record.blocks = {{.address = 1, .instructions = 1}};
  record.hand_overs = {{3, 10, {{0, 10}}}, {4, 30, {{0, 20}}}};
  const auto profile = booked(log_of({{"BIOS", 9}, {"Linux", 9}, {"init", 9}, {"", 30}}));
  EXPECT_EQ(by_phase(profile), (Sums{{"run > launch > (other)", 30}}));
}

TEST_F(Booking, BooksSpinningApart) {
  record.blocks = {{.address = 1, .instructions = 3, .spinning = true}};
  record.hand_overs = {{1, 30, {{0, 10}}}};
  const auto profile = booked(log_of({{"Linux", 9}, {"", 12}}));
  EXPECT_EQ(profile.launches[0].rows[0].spinning, 30u);
  EXPECT_EQ(profile.launches[0].rows[0].runs, 10u);
}

TEST_F(Booking, BooksAllOfALogThatSaysNothing) {
  record.blocks = {{.address = 1, .instructions = 3}};
  record.hand_overs = {{1, 30, {{0, 10}}}};
  EXPECT_EQ(booked(BootLog{}).launches[0].instructions, 30u);
}

} // namespace
} // namespace bootperf
