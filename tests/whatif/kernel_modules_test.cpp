#include "whatif/kernel_modules.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/process.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

const std::string module_code = "\x7f"
                                "ELF, a module";

/// What the kernel's build puts behind a module.
std::string signed_module(const std::string &code, std::uint32_t length) {
  std::string descriptor(12, '\0');
  descriptor[2] = 2; // PKEY_ID_PKCS7
  for (int i = 0; i < 4; ++i)
    descriptor[static_cast<std::size_t>(8 + i)] = static_cast<char>(length >> (24 - 8 * i) & 0xffU);
  return code + "SIGNATURE" + descriptor + "~Module signature appended~\n";
}

const std::string dep =
    "kernel/virtio/virtio.ko:\n"
    "kernel/virtio/virtio_ring.ko: kernel/virtio/virtio.ko\n"
    "kernel/block/virtio-blk.ko.xz: kernel/virtio/virtio_ring.ko kernel/virtio/virtio.ko\n"
    "kernel/fs/ext4.ko: kernel/fs/jbd2.ko kernel/lib/crc16.ko\n"
    "kernel/fs/jbd2.ko:\n"
    "kernel/lib/crc16.ko:\n";

TEST(ModuleSignature, is_cut_off) {
  EXPECT_EQ(without_signature(signed_module(module_code, 9)), module_code);
}

TEST(ModuleSignature, of_the_old_form_has_a_signer_and_a_key_before_it) {
  std::string old = signed_module(module_code, 4);
  const std::size_t descriptor = old.size() - 28 - 12;
  old[descriptor + 3] = 3;
  old[descriptor + 4] = 2;
  EXPECT_EQ(without_signature(old), module_code);
}

TEST(ModuleSignature, is_missed_in_a_module_without) {
  EXPECT_EQ(without_signature(module_code), module_code);
  EXPECT_EQ(without_signature(""), "");
}

TEST(ModuleSignature, that_lies_about_its_length_stays) {
  for (const std::uint32_t lie : {1000U, 0x7fffffffU, 0xffffffffU}) {
    const std::string module = signed_module(module_code, lie);
    EXPECT_EQ(without_signature(module), module) << lie;
  }
  const std::string cut = "short~Module signature appended~\n";
  EXPECT_EQ(without_signature(cut), cut) << "no room for what says how long it is";
}

TEST(ModuleSignature, may_be_all_there_is) {
  EXPECT_EQ(without_signature(signed_module("", 9)), "");
}

TEST(KeptModules, are_those_named_with_all_that_they_need_in_turn) {
  EXPECT_EQ(kept_modules("a.ko: b.ko\nb.ko: c.ko\nc.ko:\nd.ko: a.ko\n", {"a"}),
            "a.ko: b.ko\nb.ko: c.ko\nc.ko:\n");
  EXPECT_EQ(kept_modules(dep, {"ext4"}),
            "kernel/fs/ext4.ko: kernel/fs/jbd2.ko kernel/lib/crc16.ko\n"
            "kernel/fs/jbd2.ko:\nkernel/lib/crc16.ko:\n");
}

TEST(KeptModules, have_hyphens_and_underscores_alike) {
  EXPECT_EQ(kept_modules(dep, {"virtio_blk"}), kept_modules(dep, {"virtio-blk"}));
  EXPECT_NE(kept_modules(dep, {"virtio_blk"}).find("virtio-blk.ko.xz"), std::string::npos);
  EXPECT_NE(kept_modules(dep, {"virtio_blk"}).find("kernel/virtio/virtio.ko:\n"),
            std::string::npos);
}

TEST(KeptModules, stay_in_their_order_and_are_there_once) {
  EXPECT_EQ(kept_modules("b.ko:\na.ko: b.ko\n", {"a", "b", "a"}), "b.ko:\na.ko: b.ko\n");
}

TEST(KeptModules, that_need_each_other_end) {
  EXPECT_EQ(kept_modules("a.ko: b.ko\nb.ko: a.ko\n", {"a"}), "a.ko: b.ko\nb.ko: a.ko\n");
}

TEST(KeptModules, that_are_not_there_are_passed_over) {
  EXPECT_EQ(kept_modules(dep, {"nfs"}), "");
  EXPECT_EQ(kept_modules("", {"nfs"}), "");
  EXPECT_EQ(kept_modules("a.ko: gone.ko\n", {"a"}), "a.ko: gone.ko\n");
}

TEST(KeptModules, come_out_of_any_text) {
  EXPECT_EQ(kept_modules("\n\n:\na.ko\n: :: \n", {"a"}), "a.ko\n");
  EXPECT_EQ(kept_modules("a.ko: b.ko", {"a"}), "a.ko: b.ko\n");
}

class ModulesTree : public ::testing::Test {
protected:
  ModulesTree() {
    put("modules.dep", "kernel/a.ko:\nkernel/sub/b.ko: kernel/a.ko\nkernel/c.ko:\n");
    put("kernel/a.ko", signed_module(module_code, 9));
    put("kernel/sub/b.ko", module_code);
    put("kernel/c.ko", module_code);
    fs::create_directory_symlink("/no/such/headers", from / "build");
  }

  void put(const std::string &name, const std::string &content) const {
    EXPECT_TRUE(replace_file(from / name, content));
  }

  /// A module as the build leaves it: packed, under a name that says so.
  void pack(const std::string &name, std::vector<std::string> program) const {
    program.push_back(from / name);
    const auto packed = run_command(program);
    EXPECT_TRUE(packed && packed->status == 0);
  }

  Result<void> copy(const LeverChanges &changes) const {
    return copy_modules(from, to, "6.1.0-made-up", changes);
  }

  std::string copied(const std::string &name) const {
    return read_file(to / name).value_or("gone");
  }

  testing::TemporaryDirectory directory;
  const fs::path from = directory.path() / "from", to = directory.path() / "to";
};

TEST_F(ModulesTree, is_copied_without_the_links_to_the_kernels_headers) {
  ASSERT_TRUE(copy({}));
  EXPECT_EQ(copied("kernel/a.ko"), signed_module(module_code, 9));
  EXPECT_EQ(copied("modules.dep"), *read_file(from / "modules.dep"));
  EXPECT_FALSE(fs::is_symlink(to / "build"));
}

TEST_F(ModulesTree, has_no_signatures_in_the_copy_and_keeps_them_itself) {
  LeverChanges changes;
  changes.modules = {ModuleChange::unsigned_};
  ASSERT_TRUE(copy(changes));
  EXPECT_EQ(copied("kernel/a.ko"), module_code);
  EXPECT_EQ(copied("kernel/sub/b.ko"), module_code);
  EXPECT_EQ(*read_file(from / "kernel/a.ko"), signed_module(module_code, 9));
}

TEST_F(ModulesTree, is_packed_again_where_it_was) {
  pack("kernel/a.ko", {"gzip"});
  LeverChanges changes;
  changes.modules = {ModuleChange::unsigned_};
  const Result<void> done = copy(changes);
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_FALSE(fs::exists(to / "kernel/a.ko"));
  EXPECT_EQ(run_command({"gzip", "-dc", to / "kernel/a.ko.gz"})->text, module_code);
}

TEST_F(ModulesTree, is_unpacked_and_listed_anew) {
  if (find_program("depmod").empty() && !fs::exists("/usr/sbin/depmod"))
    GTEST_SKIP() << "no depmod";
  pack("kernel/a.ko", {"gzip"});
  put("modules.dep", "kernel/a.ko.gz:\n");
  put("modules.order", "");
  put("modules.builtin", "");
  LeverChanges changes;
  changes.modules = {ModuleChange::unpacked};
  const Result<void> done = copy(changes);
  if (!done && done.error().message.find("depmod") != std::string::npos)
    GTEST_SKIP() << done.error().message << ": it wants real modules";
  ASSERT_TRUE(done) << to_text(done.error());
  EXPECT_EQ(copied("kernel/a.ko"), signed_module(module_code, 9));
  EXPECT_EQ(copied("modules.dep").find("a.ko.gz"), std::string::npos);
  EXPECT_FALSE(fs::exists(to.string() + ".root"));
}

TEST_F(ModulesTree, lists_only_those_that_are_kept) {
  LeverChanges changes;
  changes.initrd = {"b"};
  ASSERT_TRUE(copy(changes));
  EXPECT_EQ(copied("modules.dep"), "kernel/a.ko:\nkernel/sub/b.ko: kernel/a.ko\n");
  EXPECT_TRUE(fs::exists(to / "kernel/c.ko")) << "it is only not listed";
}

TEST_F(ModulesTree, that_has_none_of_those_kept_is_an_error) {
  LeverChanges changes;
  changes.initrd = {"nfs"};
  const Result<void> done = copy(changes);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::not_measured);
  EXPECT_EQ(done.error().message, "the kernel has none of the modules that would be kept");
}

TEST_F(ModulesTree, with_a_module_that_cannot_be_unpacked_is_an_error) {
  put("kernel/a.ko.gz", "no gzip");
  LeverChanges changes;
  changes.modules = {ModuleChange::unsigned_};
  const Result<void> done = copy(changes);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::not_measured);
  EXPECT_NE(done.error().message.find("gzip ended with 1"), std::string::npos)
      << done.error().message;
}

TEST_F(ModulesTree, that_is_not_there_is_an_error) {
  const Result<void> done = copy_modules(directory.path() / "missing", to, "1", {});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message.find("cannot copy the kernel's modules"), std::string::npos);
}

} // namespace
} // namespace bootperf
