#include "capture/launcher/subject_check.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/files.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

class SubjectCheck : public testing::Test {
protected:
  SubjectCheck()
      : directory_(fs::path(testing::TempDir()) / ("subject-" + std::to_string(::getpid()))) {
    fs::create_directories(directory_ / "there");
    EXPECT_TRUE(replace_file(directory_ / "kernel", "a kernel"));
  }
  ~SubjectCheck() override { fs::remove_all(directory_); }

  std::string path(const std::string &name) const { return (directory_ / name).string(); }

  fs::path directory_;
};

TEST_F(SubjectCheck, takes_what_is_there_and_what_is_empty) {
  EXPECT_TRUE(check_subject({}, {}));
  const Variables right = {{"LIBGUESTFS_PATH", path("there") + ":" + directory_.string()},
                           {"LIBGUESTFS_HV", "/bin/sh"},
                           {"LIBGUESTFS_CACHEDIR", path("there")},
                           {"LIBGUESTFS_MEMSIZE", "1280"},
                           {"SUPERMIN_KERNEL", path("kernel")},
                           {"SUPERMIN_MODULES", path("there")},
                           {"LD_LIBRARY_PATH", path("there")}};
  EXPECT_TRUE(check_subject(right, right));
  EXPECT_TRUE(check_subject({{"LIBGUESTFS_PATH", ""}, {"SUPERMIN_KERNEL", ""}}, {}));
}

TEST_F(SubjectCheck, refuses_what_is_not_there_and_names_it) {
  for (const auto &[name, value] : Variables{{"LIBGUESTFS_PATH", path("there") + ":/nonexistent"},
                                             {"LIBGUESTFS_HV", "/nonexistent"},
                                             {"LIBGUESTFS_QEMU", path("kernel")}, // no program
                                             {"LIBGUESTFS_CACHEDIR", path("kernel")},
                                             {"LIBGUESTFS_TMPDIR", "/nonexistent"},
                                             {"LIBGUESTFS_MEMSIZE", "1280M"},
                                             {"SUPERMIN_KERNEL", "/nonexistent"},
                                             {"SUPERMIN_MODULES", "/nonexistent"},
                                             {"LD_LIBRARY_PATH", "/nonexistent"}}) {
    const auto refused = check_subject({{name, value}}, {{name, value}});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    EXPECT_NE(refused.error().message.find(name), std::string::npos) << refused.error().message;
  }
}

TEST_F(SubjectCheck, leaves_a_users_own_library_path_alone) {
  EXPECT_TRUE(check_subject({{"LD_LIBRARY_PATH", "/nonexistent"}}, {}));
}

TEST_F(SubjectCheck, knows_whether_an_appliance_boots_the_kernel_asked_for) {
  const fs::path appliance = directory_ / "there";
  EXPECT_TRUE(boots_kernel_asked_for({}, appliance));
  const Variables asked = {{"SUPERMIN_KERNEL", path("kernel")}};
  ASSERT_TRUE(replace_file(appliance / "kernel", "another kernel"));
  EXPECT_FALSE(boots_kernel_asked_for(asked, appliance));
  ASSERT_TRUE(replace_file(appliance / "kernel", "a kernel"));
  EXPECT_TRUE(boots_kernel_asked_for(asked, appliance));
  fs::remove(appliance / "kernel");
  fs::create_symlink(path("kernel"), appliance / "kernel");
  EXPECT_TRUE(boots_kernel_asked_for(asked, appliance));
}

TEST_F(SubjectCheck, a_fixed_appliance_has_its_own_kernel) {
  const fs::path appliance = directory_ / "there";
  ASSERT_TRUE(replace_file(appliance / "kernel", "another kernel"));
  ASSERT_TRUE(replace_file(appliance / "README.fixed", ""));
  EXPECT_TRUE(boots_kernel_asked_for({{"SUPERMIN_KERNEL", path("kernel")}}, appliance));
}

} // namespace
} // namespace bootperf
