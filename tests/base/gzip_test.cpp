#include "base/gzip.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

// `printf 'hello\n' | gzip -n`
const std::string hello("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd"
                        "\xc9\xc9\xe7\x02\x00\x20\x30\x3a"
                        "\x36\x06\x00\x00\x00",
                        26);

TEST(Gzip, is_known_by_its_first_bytes) {
  EXPECT_TRUE(is_gzip(hello));
  EXPECT_FALSE(is_gzip("{}"));
  EXPECT_FALSE(is_gzip(""));
}

TEST(Gzip, gives_back_what_was_packed) {
  const auto text = gunzip(hello, 100, "a.gz");
  ASSERT_TRUE(text) << to_text(text.error());
  EXPECT_EQ(*text, "hello\n");
}

TEST(Gzip, is_bounded) {
  const auto text = gunzip(hello, 5, "a.gz");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().kind, ErrorKind::input);
  EXPECT_NE(to_text(text.error()).find("a.gz"), std::string::npos);
}

TEST(Gzip, damage_and_cuts_are_errors) {
  EXPECT_FALSE(gunzip(hello.substr(0, 20), 100, "a.gz"));
  std::string damaged = hello;
  damaged[12] = '\x7f';
  EXPECT_FALSE(gunzip(damaged, 100, "a.gz"));
  EXPECT_FALSE(gunzip("", 100, "a.gz"));
}

TEST(Gzip, takes_files_put_together_for_one_and_refuses_what_else_follows) {
  EXPECT_EQ(gunzip(hello + hello, 100, "a.gz").value_or(""), "hello\nhello\n");
  EXPECT_FALSE(gunzip(hello + hello, 10, "a.gz"));
  EXPECT_FALSE(gunzip(hello + "garbage", 100, "a.gz"));
  EXPECT_FALSE(gunzip(hello + hello.substr(0, 20), 100, "a.gz"));
}

TEST(Gzip, packs_what_it_reads_back) {
  const std::string text = std::string(100'000, 'x') + "\0\xff";
  const auto packed = gzip(text);
  ASSERT_TRUE(packed) << to_text(packed.error());
  EXPECT_TRUE(is_gzip(*packed));
  EXPECT_LT(packed->size(), text.size() / 10);
  const auto unpacked = gunzip(*packed, text.size(), "x");
  ASSERT_TRUE(unpacked) << to_text(unpacked.error());
  EXPECT_EQ(*unpacked, text);
  EXPECT_TRUE(gzip(""));
}

} // namespace
} // namespace bootperf
