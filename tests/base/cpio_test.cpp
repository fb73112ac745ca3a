#include "base/cpio.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/cpio_archive.h"

namespace bootperf {
namespace {

const std::string archive =
    cpio_member("modules", "virtio") + cpio_member("init", "ELF…") + cpio_member("TRAILER!!!", "");

TEST(CpioMembers, AreThoseBeforeTheTrailer) {
  const std::string longer = archive + cpio_member("behind", "");
  const auto members = cpio_members(longer);
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

TEST(CpioArchive, HoldsWhatIsPutIntoIt) {
  const std::string made = cpio_archive({{"init", 0100755, "ELF…"}, {"empty"}});
  EXPECT_EQ(made.size() % 4, 0u);
  const auto members = cpio_members(made);
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].name, "init");
  EXPECT_EQ(members[0].data, "ELF…");
  EXPECT_EQ(made.substr(14, 8), "000081ed"); // a file, rwxr-xr-x
  EXPECT_EQ(members[1].name, "empty");
  EXPECT_TRUE(members[1].data.empty());
}

} // namespace
} // namespace bootperf
