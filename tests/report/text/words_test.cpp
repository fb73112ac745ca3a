#include "report/text/words.h"

#include <gtest/gtest.h>

#include "report/trees.h"

namespace bootperf {
namespace {

constexpr TextStyle ascii_words{false, false, 0};

TEST(PhaseName, leaves_out_what_everybody_knows) {
  EXPECT_EQ(short_phase("run > launch > qemu > kernel > /init > udev", utf8), "/init › udev");
  EXPECT_EQ(short_phase("run > launch > qemu > kernel > /init > udev", ascii_words),
            "/init > udev");
  EXPECT_EQ(phase_name("run > launch > qemu > kernel > /init > /init:udev", utf8), "udev");
  EXPECT_EQ(phase_name("run", utf8), "run");
  EXPECT_EQ(short_phase("run > launch > supermin:build", utf8), "supermin:build");
}

TEST(PhaseName, keeps_the_last_part_of_the_spine) {
  EXPECT_EQ(short_phase("run", utf8), "run");
  EXPECT_EQ(short_phase("run > launch", utf8), "launch");
  EXPECT_EQ(short_phase("run > launch > qemu > kernel", utf8), "kernel");
}

TEST(PhaseName, does_not_say_the_parent_twice) {
  EXPECT_EQ(short_phase("run > launch > qemu > kernel > /init > /init:mount-special", utf8),
            "/init › mount-special");
  EXPECT_EQ(short_phase("run > launch > qemu > kernel > kernel:entry", utf8), "kernel:entry");
}

TEST(PhaseName, says_whose_other_it_is) {
  EXPECT_EQ(short_phase("run > launch > (other)", utf8), "launch › (other)");
}

TEST(PhaseName, keeps_the_last_parts_when_there_is_little_room) {
  const std::string id = "run > launch > qemu > kernel > /init > first > second > third";
  EXPECT_EQ(short_phase(id, utf8, 80), "/init › first › second › third");
  EXPECT_EQ(short_phase(id, utf8, 20), "… › second › third");
  EXPECT_EQ(short_phase(id, ascii_words, 11), "... > third");
  EXPECT_EQ(short_phase(id, utf8, 4), "thi…");
}

TEST(PhaseName, is_escaped) {
  EXPECT_EQ(short_phase("run > \033[2J", utf8), "\\x1b[2J");
  EXPECT_EQ(short_phase("", utf8), "");
}

} // namespace
} // namespace bootperf
