#include "whatif/appliance_copy.h"

#include "whatif/made_up_appliance.h"

namespace bootperf {
namespace {

class ApplianceCopy : public made_up::ApplianceFiles {
protected:
  Result<void> copy(const LeverChanges &changes) const {
    return copy_appliance(environment(), at("copy"), changes);
  }

  /// Why there is no copy with these changes.
  std::string copy_error(const LeverChanges &changes) const {
    const Result<void> done = copy(changes);
    if (done)
      return "no error";
    EXPECT_EQ(done.error().kind, ErrorKind::not_measured);
    return done.error().message;
  }

  std::string copied(const std::string &name) const {
    return read_file(at("copy/supermin.d/" + name)).value_or("gone");
  }

  static LeverChanges init_edited(const InitEdit &edit) {
    LeverChanges changes;
    changes.init = {edit};
    return changes;
  }
};

TEST_F(ApplianceCopy, without_changes_is_the_same) {
  ASSERT_TRUE(copy({}));
  for (const char *name : {"init.tar.gz", "packages", "base.tar.gz"})
    EXPECT_EQ(copied(name), *read_file(guestfs() / "supermin.d" / name)) << name;
}

TEST_F(ApplianceCopy, has_an_init_that_is_edited_and_can_be_run) {
  const Result<void> done = copy(init_edited(DeletedLines{"^lvm "}));
  ASSERT_TRUE(done) << to_text(done.error());
  const auto archive = at("copy/supermin.d/init.tar.gz");
  EXPECT_EQ(archived(archive, "init"), "#!/bin/bash\nudevadm trigger\n");
  EXPECT_TRUE(output_of({"tar", "-tvzf", archive}).starts_with("-rwxr-xr-x root/root"))
      << output_of({"tar", "-tvzf", archive});
  EXPECT_NE(archived(guestfs() / "supermin.d/init.tar.gz", "init").find("lvm"), std::string::npos)
      << "the one that it is a copy of stays";
}

TEST_F(ApplianceCopy, has_no_packages_that_are_left_out) {
  LeverChanges changes;
  changes.without = {"lvm2"};
  ASSERT_TRUE(copy(changes));
  EXPECT_EQ(copied("packages"), "bash\nudev\n");
  EXPECT_EQ(*read_file(guestfs() / "supermin.d/packages"), "bash\nlvm2\nudev\n");
}

TEST_F(ApplianceCopy, tells_supermin_which_files_are_left_out) {
  LeverChanges changes;
  changes.exclude = {"*/85-hwclock.rules", "/etc/x"};
  ASSERT_TRUE(copy(changes));
  EXPECT_EQ(copied("excluded-by-lever"), "-*/85-hwclock.rules\n-/etc/x\n");
}

TEST_F(ApplianceCopy, can_be_made_once_more) {
  ASSERT_TRUE(copy(init_edited(DeletedLines{"^lvm "})));
  const Result<void> again = copy(init_edited(DeletedLines{"^udevadm "}));
  ASSERT_TRUE(again) << to_text(again.error());
  EXPECT_EQ(archived(at("copy/supermin.d/init.tar.gz"), "init"),
            "#!/bin/bash\nlvm vgchange -aay\n");
}

TEST_F(ApplianceCopy, is_of_the_first_directory_that_has_one) {
  const std::map<std::string, std::string> path = {
      {"LIBGUESTFS_PATH", at("nothing").string() + "::" + guestfs().string()}};
  ASSERT_TRUE(copy_appliance(path, at("copy"), {}));
  EXPECT_EQ(copied("packages"), "bash\nlvm2\nudev\n");
}

TEST_F(ApplianceCopy, of_another_init_is_an_error) {
  EXPECT_EQ(copy_error(init_edited(DeletedLines{"^mdadm"})),
            "no line of the appliance's /init matches \"^mdadm\"");
}

TEST_F(ApplianceCopy, without_a_package_that_is_not_there_is_an_error) {
  LeverChanges changes;
  changes.without = {"lvm2", "lvm"};
  EXPECT_EQ(copy_error(changes), "the appliance has no package lvm");
}

TEST_F(ApplianceCopy, of_an_archive_that_is_none_is_an_error) {
  put("guestfs/supermin.d/init.tar.gz", "no archive");
  EXPECT_TRUE(copy_error(init_edited(DeletedLines{"x"})).starts_with("tar: "));
}

TEST_F(ApplianceCopy, of_an_archive_without_init_is_an_error) {
  put("unpacked/other", "");
  ASSERT_TRUE(succeeds(
      {"tar", "-czf", guestfs() / "supermin.d/init.tar.gz", "-C", at("unpacked"), "other"}));
  EXPECT_TRUE(copy_error(init_edited(DeletedLines{"x"})).starts_with("tar: "));
}

TEST_F(ApplianceCopy, of_a_fixed_appliance_is_an_error) {
  std::filesystem::remove_all(guestfs() / "supermin.d");
  put("guestfs/README.fixed", "");
  EXPECT_EQ(copy_error({}), "there is no supermin.d/init.tar.gz to change: the appliance is a "
                            "fixed one, or libguestfs is elsewhere (LIBGUESTFS_PATH)");
}

} // namespace
} // namespace bootperf
