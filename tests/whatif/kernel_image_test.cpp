#include "whatif/kernel_image.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/temporary_directory.h"
#include "whatif/kernel_files.h"

namespace bootperf {
namespace {

using namespace std::string_literals;
using made_up::bz_image, made_up::put_word, made_up::word;

const std::string elf = "\x7f"
                        "ELF, a kernel";

/// Why an image holds no kernel that could be unpacked.
std::string image_error(const std::string &image) {
  const auto packed = packed_kernel(image, "vmlinuz");
  if (packed)
    return "no error";
  EXPECT_EQ(packed.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(packed.error().where.file, "vmlinuz");
  return packed.error().message;
}

class UnpackedKernel : public ::testing::Test {
protected:
  std::filesystem::path file(const std::string &name, const std::string &content) const {
    const auto path = directory.path() / name;
    EXPECT_TRUE(replace_file(path, content));
    return path;
  }

  /// A text as a program packs it.
  std::string packed_by(std::vector<std::string> program, const std::string &text) const {
    const auto plain = file("plain", text);
    program.push_back(plain);
    const auto packed = run_command(program);
    EXPECT_TRUE(packed && packed->status == 0);
    return packed ? packed->text : "";
  }

  /// What comes out of an image, or why nothing does.
  std::string unpacked(const std::string &image) const {
    const auto to = directory.path() / "vmlinux";
    const Result<void> done = unpack_kernel(file("vmlinuz", image), to);
    if (!done) {
      EXPECT_EQ(done.error().kind, ErrorKind::not_measured);
      EXPECT_FALSE(std::filesystem::exists(to)) << "nothing is left for a launch to boot";
      return done.error().message;
    }
    EXPECT_FALSE(std::filesystem::exists(to.string() + ".packed"));
    return read_file(to).value_or("");
  }

  testing::TemporaryDirectory directory;
};

TEST(PackedKernelImage, says_by_its_first_bytes_how_it_is_unpacked) {
  const std::vector<std::pair<std::string, std::string>> known = {{"\x1f\x8b", "gzip"},
                                                                  {"\xfd\x37zXZ\0"s, "xz"},
                                                                  {"\x28\xb5\x2f\xfd", "zstd"},
                                                                  {"\x02\x21\x4c\x18", "lz4"},
                                                                  {"BZh", "bzip2"}};
  for (const auto &[magic, program] : known) {
    const std::string image = bz_image(magic + "content" + word(1));
    const auto packed = packed_kernel(image, "vmlinuz");
    ASSERT_TRUE(packed) << program << ": " << to_text(packed.error());
    EXPECT_EQ(packed->unpacking.front(), program);
  }
}

TEST(PackedKernelImage, leaves_the_size_behind_the_payload_out) {
  const std::string xz = bz_image("\xfd\x37zXZ\0content"s + word(0x12345678));
  EXPECT_EQ(packed_kernel(xz, "vmlinuz")->payload, "\xfd\x37zXZ\0content"s);
  const std::string gzip = bz_image("\x1f\x8b"
                                    "content" +
                                    word(0x12345678));
  EXPECT_EQ(packed_kernel(gzip, "vmlinuz")->payload, "\x1f\x8b"
                                                     "content" +
                                                         word(0x12345678))
      << "gzip's own last bytes are the size";
}

TEST(PackedKernelImage, has_four_sectors_of_setup_where_it_says_none) {
  std::string image = bz_image("BZh, further away" + word(1));
  image[0x1f1] = 0;
  image.insert(made_up::protected_mode, 3 * 512, '\0');
  const auto packed = packed_kernel(image, "vmlinuz");
  ASSERT_TRUE(packed) << to_text(packed.error());
  EXPECT_EQ(packed->payload, "BZh, further away");
}

TEST(PackedKernelImage, that_is_no_bzimage_is_an_error) {
  const std::string none = "this kernel is no bzImage that says where its payload is";
  EXPECT_EQ(image_error(""), none);
  EXPECT_EQ(image_error("\x7f"
                        "ELF"),
            none);
  EXPECT_EQ(image_error(std::string(4096, '\0')), none);
  const std::string image = bz_image("BZh" + word(1));
  EXPECT_EQ(image_error(image.substr(0, 0x24f)), none);
  std::string old = image;
  put_word(old, 0x206, 0x0207);
  EXPECT_EQ(image_error(old), none);
}

TEST(PackedKernelImage, that_lies_about_its_payload_is_an_error) {
  const std::string outside = "this kernel's payload lies outside of its file";
  const std::string image = bz_image("BZh" + word(1));
  for (const std::uint32_t lie : {0x10000U, 0x7fffffffU, 0xffffffffU, 0xfffffc00U}) {
    std::string offset = image, length = image;
    put_word(offset, 0x248, lie);
    put_word(length, 0x24c, lie);
    EXPECT_EQ(image_error(offset), outside) << lie;
    EXPECT_EQ(image_error(length), outside) << lie;
  }
  for (const std::uint32_t few : {0U, 3U}) {
    std::string length = image;
    put_word(length, 0x24c, few);
    EXPECT_EQ(image_error(length), outside) << few;
  }
  EXPECT_EQ(image_error(image.substr(0, made_up::protected_mode + made_up::payload_offset + 6)),
            outside)
      << "one that is cut off";
}

TEST(PackedKernelImage, that_is_packed_in_another_way_is_an_error) {
  EXPECT_EQ(image_error(bz_image("\x5d\x00\x00\x80lzma"s)),
            "this kernel is packed in a way that is not known: it begins with 8000005d");
}

TEST_F(UnpackedKernel, comes_out_of_gzip) {
  EXPECT_EQ(unpacked(bz_image(packed_by({"gzip", "-c"}, elf))), elf);
}

TEST_F(UnpackedKernel, comes_out_of_xz) {
  if (find_program("xz").empty())
    GTEST_SKIP() << "no xz";
  EXPECT_EQ(unpacked(bz_image(packed_by({"xz", "--check=crc32", "-c"}, elf) +
                              word(static_cast<std::uint32_t>(elf.size())))),
            elf);
}

TEST_F(UnpackedKernel, is_an_elf_image) {
  EXPECT_EQ(unpacked(bz_image(packed_by({"gzip", "-c"}, "MZ, something else"))),
            "gzip could not unpack this kernel (exit 0)");
}

TEST_F(UnpackedKernel, that_is_damaged_is_an_error) {
  const std::string whole = packed_by({"gzip", "-c"}, elf);
  EXPECT_EQ(unpacked(bz_image(whole.substr(0, whole.size() / 2))),
            "gzip could not unpack this kernel (exit 1)");
  EXPECT_EQ(unpacked("no kernel"), "this kernel is no bzImage that says where its payload is");
}

TEST_F(UnpackedKernel, of_a_file_that_is_not_there_is_an_error) {
  EXPECT_FALSE(unpack_kernel(directory.path() / "missing", directory.path() / "vmlinux"));
}

} // namespace
} // namespace bootperf
