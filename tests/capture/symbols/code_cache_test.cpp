#include "capture/symbols/code_cache.h"

#include <chrono>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

const ApplianceCode some_code{"ffffffff81000000 T startup_64\n",
                              "virtio 16384 2 virtio_scsi, Live 0xffffffffc0001000\n",
                              {"/init", "/usr/bin/bash"}};

TEST(ApplianceCode, IsReadAsItWasWritten) {
  const auto read = parse_code(code_text(some_code), "code");
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_EQ(read->kernel_symbols, some_code.kernel_symbols);
  EXPECT_EQ(read->modules, some_code.modules);
  EXPECT_EQ(read->programs, some_code.programs);
}

TEST(ApplianceCode, MayBeEmpty) {
  const auto read = parse_code(code_text({}), "code");
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_TRUE(read->programs.empty());
}

TEST(ApplianceCode, OfAnotherFormIsRefused) {
  for (const char *text : {"", "programs:\n/init\n", "kernel symbols:\n", "hello",
                           "kernel symbols:\n\nprograms:\n\nmodules:\n"}) {
    EXPECT_FALSE(parse_code(text, "code")) << text;
  }
}

TEST(ApplianceCode, IsAskedForInPieces) {
  EXPECT_EQ(symbols_from(1), "tail -c +1 /tmp/bootperf-symbols | head -c 2097152");
}

class CodeCache : public ::testing::Test {
protected:
  void SetUp() override { appliance("kernel", "initrd"); }

  void appliance(const std::string &kernel, const std::string &initrd) {
    ASSERT_TRUE(replace_file(place / "kernel", kernel));
    ASSERT_TRUE(replace_file(place / "initrd", initrd));
  }
  std::string key(const std::string &arguments = "nokaslr") const {
    const auto made = code_key(place, arguments);
    EXPECT_TRUE(made);
    return made.value_or("");
  }

  testing::TemporaryDirectory directory;
  const std::filesystem::path place = directory.path() / "appliance.d";
  const std::vector<std::filesystem::path> caches = {directory.path() / "bootperf",
                                                     directory.path() / "home"};
};

TEST_F(CodeCache, GivesBackWhatWasKept) {
  ASSERT_TRUE(keep_code(caches, key(), some_code));
  const auto code = cached_code(caches, key());
  ASSERT_TRUE(code);
  EXPECT_EQ(code->programs, some_code.programs);
}

TEST_F(CodeCache, HasNothingForAnotherKernelInitrdOrArguments) {
  ASSERT_TRUE(keep_code(caches, key(), some_code));
  EXPECT_FALSE(cached_code(caches, key("nokaslr quiet")));
  appliance("kernel", "another initrd");
  EXPECT_FALSE(cached_code(caches, key()));
  appliance("another kernel", "initrd");
  EXPECT_FALSE(cached_code(caches, key()));
  appliance("kernel", "initrd");
  EXPECT_TRUE(cached_code(caches, key()));
}

TEST_F(CodeCache, HasNoKeyForAnApplianceThatIsNotThere) {
  EXPECT_FALSE(code_key(directory.path() / "nowhere", ""));
}

TEST_F(CodeCache, TakesNothingThatIsDamagedOrOfAnotherKey) {
  ASSERT_TRUE(keep_code(caches, key(), some_code));
  const auto file = caches[0] / fmt::format("code-{}.gz", key());
  const auto whole = read_file(file);
  ASSERT_TRUE(whole);

  ASSERT_TRUE(replace_file(file, whole->substr(0, whole->size() - 3)));
  EXPECT_FALSE(cached_code(caches, key())) << "cut";
  auto flipped = *whole;
  flipped[flipped.size() / 2] ^= 1;
  ASSERT_TRUE(replace_file(file, flipped));
  EXPECT_FALSE(cached_code(caches, key())) << "a flipped bit";
  ASSERT_TRUE(replace_file(file, "hello"));
  EXPECT_FALSE(cached_code(caches, key())) << "no gzip file";

  const auto another = code_key(place, "another");
  ASSERT_TRUE(another);
  ASSERT_TRUE(replace_file(caches[0] / fmt::format("code-{}.gz", *another), *whole));
  EXPECT_FALSE(cached_code(caches, *another)) << "renamed";
}

TEST_F(CodeCache, UsesTheNextDirectoryWhereTheFirstCannotBeWritten) {
  ASSERT_TRUE(replace_file(caches[0], "in the way"));
  ASSERT_TRUE(keep_code(caches, key(), some_code));
  EXPECT_TRUE(cached_code(caches, key()));
  EXPECT_TRUE(std::filesystem::exists(caches[1]));
  ASSERT_TRUE(replace_file(directory.path() / "file", ""));
  EXPECT_FALSE(keep_code({directory.path() / "file"}, key(), some_code));
  EXPECT_FALSE(keep_code({}, key(), some_code));
}

TEST_F(CodeCache, KeepsTheEightNewest) {
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(keep_code(caches, fmt::format("key{}", i), some_code));
    std::filesystem::last_write_time(caches[0] / fmt::format("code-key{}.gz", i),
                                     old + std::chrono::minutes(i));
  }
  ASSERT_TRUE(keep_code(caches, "key10", some_code));
  EXPECT_FALSE(cached_code(caches, "key2"));
  EXPECT_TRUE(cached_code(caches, "key3"));
  EXPECT_TRUE(cached_code(caches, "key10"));
}

TEST(CodeDirectories, AreTheUsersAndBesideTheAppliance) {
  const std::filesystem::path appliance = "/var/tmp/.guestfs-0/appliance.d";
  using Paths = std::vector<std::filesystem::path>;
  EXPECT_EQ(code_directories(appliance, {}), (Paths{"/var/tmp/.guestfs-0/bootperf"}));
  EXPECT_EQ(code_directories(appliance, {{"HOME", "/home/me"}}),
            (Paths{"/home/me/.cache/bootperf", "/var/tmp/.guestfs-0/bootperf"}));
  EXPECT_EQ(code_directories(appliance, {{"HOME", "/home/me"}, {"XDG_CACHE_HOME", "/c"}})[0],
            "/c/bootperf");
}

} // namespace
} // namespace bootperf
