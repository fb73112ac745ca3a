#include "base/cpio.h"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace bootperf {
namespace {

/// A member as cpio writes it: a header of hexadecimal numbers, the name, the data, each filled up
/// to a multiple of four.
std::string member(const std::string &name, const std::string &data) {
  std::string text = "070701";
  for (int field = 0; field < 13; ++field) {
    text += fmt::format("{:08x}", field == 6 ? data.size() : field == 11 ? name.size() + 1 : 0);
  }
  text += name + '\0';
  text.resize((text.size() + 3) / 4 * 4);
  text += data;
  text.resize((text.size() + 3) / 4 * 4);
  return text;
}

const std::string archive =
    member("modules", "virtio") + member("init", "ELF…") + member("TRAILER!!!", "");

TEST(CpioMembers, AreThoseBeforeTheTrailer) {
  const auto members = cpio_members(archive + member("behind", ""));
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].name, "modules");
  EXPECT_EQ(members[0].data, "virtio");
  EXPECT_EQ(members[1].data, "ELF…");
}

TEST(CpioMembers, OfAnArchiveCutOffAreThoseThatAreWhole) {
  for (std::size_t size = 0; size < archive.size(); ++size) {
    for (const auto &member : cpio_members(std::string_view(archive).substr(0, size))) {
      EXPECT_TRUE(member.data == "virtio" || member.data == "ELF…") << size;
    }
  }
}

TEST(CpioMembers, OfSomethingElseAreNone) {
  EXPECT_TRUE(cpio_members("").empty());
  EXPECT_TRUE(cpio_members("\x1f\x8b packed").empty());
  for (const std::size_t field : {54U, 94U}) {
    for (const char digit : {'f', 'x', '0'}) {
      auto damaged = archive;
      std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(field), 8, digit);
      EXPECT_LE(cpio_members(damaged).size(), 1u) << field << digit;
    }
  }
}

} // namespace
} // namespace bootperf
