#include <gtest/gtest.h>

#include "base/cpio.h"
#include "base/files.h"
#include "base/process.h"
#include "capture/counter/temporary_directory.h"
#include "guest/guest.h"

namespace bootperf {
namespace {

class GuestPreparation : public ::testing::Test {
protected:
  GuestPreparation() {
    EXPECT_TRUE(replace_file(files.kernel, "a kernel"));
    EXPECT_TRUE(replace_file(files.hello, "a program"));
    guest.name = "Guest/mine";
    request.mode = Mode::counted;
  }

  std::vector<std::string> prepared() const {
    const auto command = prepare_guest(guest, request, files);
    EXPECT_TRUE(command) << to_text(command.error());
    return command.value_or(std::vector<std::string>{});
  }

  std::string refusal() const {
    const auto command = prepare_guest(guest, request, files);
    if (command)
      return "no error";
    EXPECT_EQ(command.error().kind, ErrorKind::not_measured);
    return command.error().message;
  }

  testing::TemporaryDirectory directory;
  GuestFiles files{directory.path() / "kernel", directory.path() / "hello", directory.path()};
  Guest guest;
  LaunchRequest request;
};

TEST_F(GuestPreparation, fills_in_what_is_known) {
  guest.command = {"qemu", "-machine", "pc,accel=${accel}", "-kernel", "${kernel}"};
  EXPECT_EQ(prepared(), (std::vector<std::string>{"qemu", "-machine", "pc,accel=tcg", "-kernel",
                                                  files.kernel.string()}));
  request.mode = Mode::traced;
  EXPECT_EQ(prepared()[2], missing_need({{.kvm = true}}) ? "pc,accel=tcg" : "pc,accel=kvm");
  request.accelerator = Accelerator::kvm;
  EXPECT_EQ(prepared()[2], "pc,accel=kvm");
  request.accelerator = Accelerator::tcg;
  EXPECT_EQ(prepared()[2], "pc,accel=tcg");
}

TEST_F(GuestPreparation, makes_an_initramfs_that_says_hello) {
  guest.command = {"qemu", "-initrd", "${initramfs}"};
  const Result<std::string> archive = read_file(prepared()[2]);
  ASSERT_TRUE(archive);
  const std::vector<CpioMember> members = cpio_members(*archive);
  ASSERT_EQ(members.size(), 1u);
  EXPECT_EQ(members[0].name, "init");
  EXPECT_EQ(members[0].data, "a program");
}

TEST_F(GuestPreparation, makes_a_root_that_says_hello_for_the_appliances_initrd) {
  guest.command = {"qemu", "-initrd", "${initrd}", "mem-path=${root},size=16M"};
  const std::vector<std::string> command = prepared();
  EXPECT_EQ(command[2], (directory.path() / "initrd").string());
  const std::filesystem::path root = directory.path() / "hello.ext2";
  EXPECT_EQ(command[3], "mem-path=" + root.string() + ",size=16M");
  EXPECT_EQ(std::filesystem::file_size(root), 16U << 20U);
  const auto init = run_command({"/sbin/debugfs", "-R", "cat /init", root.string()});
  ASSERT_TRUE(init);
  EXPECT_NE(init->text.find("a program"), std::string::npos) << init->text;
}

TEST_F(GuestPreparation, says_why_no_root_could_be_made) {
  guest.command = {"qemu", "${root}"};
  std::filesystem::remove(files.hello);
  EXPECT_NE(refusal().find("cannot make a root: "), std::string::npos) << refusal();
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "hello.ext2")) << "half of one";
}

TEST_F(GuestPreparation, says_what_is_missing) {
  guest.command = {"qemu", "-kernel", "${unpacked_kernel}"};
  EXPECT_EQ(refusal(), "this kernel is no bzImage that says where its payload is");
  std::filesystem::remove(files.kernel);
  EXPECT_NE(refusal().find("has not been built yet"), std::string::npos);
  guest.needs = {{.program = "no-such-program", .package = "none"}};
  EXPECT_EQ(refusal(), "Guest/mine: it needs no-such-program (package none), which is not here");
}

} // namespace
} // namespace bootperf
