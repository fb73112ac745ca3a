#include "whatif/preparation.h"

#include "whatif/kernel_files.h"
#include "whatif/made_up_appliance.h"

namespace bootperf {
namespace {

class Preparation : public made_up::ApplianceFiles {
protected:
  Preparation() {
    lever.name = "mine";
    as_it_is.mode = Mode::counted;
    as_it_is.environment = environment();
  }

  /// The launch with the lever.
  LaunchRequest prepared() const {
    Result<LaunchRequest> request = prepare_lever(lever, as_it_is, at("scratch"));
    EXPECT_TRUE(request) << to_text(request.error());
    return request.value_or(LaunchRequest{});
  }

  /// Why it cannot be had.
  std::string refusal() const {
    const Result<LaunchRequest> request = prepare_lever(lever, as_it_is, at("scratch"));
    if (request)
      return "no error";
    EXPECT_EQ(request.error().kind, ErrorKind::not_measured);
    return request.error().message;
  }

  /// A kernel whose payload gzip unpacks, of the cached appliance, and modules of it.
  void build_appliance() {
    put("vmlinux", "\x7f"
                   "ELF");
    build("6.1.0-made-up", made_up::bz_image(*read_packed()));
    put("modules/modules.dep", "kernel/a.ko:\nkernel/b.ko:\n");
    put("modules/kernel/a.ko", "a");
    as_it_is.environment["SUPERMIN_MODULES"] = at("modules");
  }

  Lever lever;
  LaunchRequest as_it_is;

private:
  Result<std::string> read_packed() const {
    return run_command({"gzip", "-c", at("vmlinux")}).map([](const CommandOutput &output) {
      return output.text;
    });
  }
};

TEST_F(Preparation, of_nothing_changes_only_the_name) {
  as_it_is.append = "quiet";
  as_it_is.memsize_mib = 1024;
  const LaunchRequest request = prepared();
  EXPECT_EQ(request.lever, "mine");
  EXPECT_EQ(request.append, "quiet");
  EXPECT_EQ(request.memsize_mib, 1024);
  EXPECT_EQ(request.environment, as_it_is.environment);
  EXPECT_EQ(request.mode, Mode::counted);
  EXPECT_TRUE(request.edits.empty());
}

TEST_F(Preparation, puts_kernel_arguments_behind_those_there_are) {
  lever.changes.append = "audit=0";
  EXPECT_EQ(prepared().append, "audit=0");
  as_it_is.append = "quiet";
  EXPECT_EQ(prepared().append, "quiet audit=0");
}

TEST_F(Preparation, sets_what_the_lever_sets) {
  as_it_is.memsize_mib = 1024;
  as_it_is.environment["B"] = "kept";
  lever.changes.memsize_mib = 512;
  lever.changes.smp = 2;
  lever.changes.network = true;
  lever.changes.environment = {{"A", "1"}};
  const LaunchRequest request = prepared();
  EXPECT_EQ(request.memsize_mib, 512);
  EXPECT_EQ(request.smp, 2);
  EXPECT_TRUE(request.network);
  EXPECT_EQ(request.environment.at("A"), "1");
  EXPECT_EQ(request.environment.at("B"), "kept");
}

TEST_F(Preparation, writes_the_edits_of_qemus_arguments_into_a_file) {
  lever.changes.qemu = {AddedArguments{{"-vga", "none"}}};
  const LaunchRequest request = prepared();
  const auto edits = parse_edits(*read_file(request.edits), "edits");
  ASSERT_TRUE(edits) << to_text(edits.error());
  EXPECT_EQ(*edits, lever.changes.qemu);
}

TEST_F(Preparation, has_an_appliance_and_a_cache_of_its_own_for_another_init) {
  lever.changes.init = {DeletedLines{"^lvm"}};
  const LaunchRequest request = prepared();
  EXPECT_EQ(request.environment.at("LIBGUESTFS_PATH"), at("scratch/guestfs"));
  EXPECT_EQ(request.environment.at("LIBGUESTFS_CACHEDIR"), at("scratch/cache"));
  EXPECT_EQ(archived(at("scratch/guestfs/supermin.d/init.tar.gz"), "init"),
            "#!/bin/bash\nudevadm trigger\n");
}

TEST_F(Preparation, has_modules_and_a_cache_of_its_own_and_the_kernel_that_was_built_in) {
  build_appliance();
  lever.changes.initrd = {"b"};
  const LaunchRequest request = prepared();
  EXPECT_EQ(request.environment.at("SUPERMIN_KERNEL"), "/boot/vmlinuz-6.1.0-made-up");
  EXPECT_EQ(request.environment.at("SUPERMIN_KERNEL_VERSION"), "6.1.0-made-up");
  EXPECT_EQ(request.environment.at("SUPERMIN_MODULES"), at("scratch/modules"));
  EXPECT_EQ(request.environment.at("LIBGUESTFS_CACHEDIR"), at("scratch/cache"));
  EXPECT_EQ(request.environment.at("LIBGUESTFS_PATH"), guestfs()) << "the same appliance otherwise";
  EXPECT_EQ(*read_file(at("scratch/modules/modules.dep")), "kernel/b.ko:\n");
}

TEST_F(Preparation, takes_the_kernel_that_was_asked_for_again) {
  build_appliance();
  lever.changes.initrd = {"b"};
  as_it_is.environment["SUPERMIN_KERNEL"] = "/mine/vmlinuz";
  EXPECT_EQ(prepared().environment.at("SUPERMIN_KERNEL"), "/mine/vmlinuz");
}

TEST_F(Preparation, boots_the_unpacked_kernel_in_place_of_the_packed_one) {
  build_appliance();
  lever.changes.unpacked_kernel = true;
  const LaunchRequest request = prepared();
  EXPECT_EQ(*read_file(at("scratch/vmlinux")), "\x7f"
                                               "ELF");
  const auto arguments =
      edited_arguments({"-kernel", "/k"}, *parse_edits(*read_file(request.edits), "edits"));
  ASSERT_TRUE(arguments);
  EXPECT_EQ((*arguments)[1], at("scratch/vmlinux"));
  EXPECT_FALSE(request.environment.contains("SUPERMIN_KERNEL"));
}

TEST_F(Preparation, takes_any_path_as_it_is) {
  build_appliance();
  lever.changes.unpacked_kernel = true;
  const auto strange = at("a \\1 \\\\ \"b\"");
  const auto request = prepare_lever(lever, as_it_is, strange);
  ASSERT_TRUE(request) << to_text(request.error());
  EXPECT_EQ(edited_arguments({"-kernel", "/k"}, *parse_edits(*read_file(request->edits), "edits")),
            (std::vector<std::string>{"-kernel", strange / "vmlinux"}));
}

TEST_F(Preparation, says_what_stands_in_its_way) {
  lever.changes.unpacked_kernel = true;
  EXPECT_EQ(refusal(), "the appliance's kernel is not known");
  lever.changes = {};
  lever.changes.modules = {ModuleChange::unsigned_};
  EXPECT_EQ(refusal(), "the appliance's kernel is not known");
  lever.changes = {};
  lever.changes.without = {"emacs"};
  EXPECT_EQ(refusal(), "the appliance has no package emacs");
}

TEST_F(Preparation, refuses_a_lever_that_names_what_is_not_there) {
  lever.changes.environment = {{"LIBGUESTFS_HV", "/nowhere/qemu"}};
  EXPECT_NE(refusal().find("LIBGUESTFS_HV: /nowhere/qemu"), std::string::npos) << refusal();
}

TEST_F(Preparation, keeps_a_copy_of_the_built_appliance_fixed) {
  lever.changes.fixed_appliance = true;
  EXPECT_EQ(refusal(), "the appliance's kernel is not known");
  build_appliance();
  EXPECT_NE(refusal().find("the appliance could not be copied: "), std::string::npos)
      << "it has no root yet";
  const auto built = appliance_directory(at("cache"), ::geteuid());
  put((built / "initrd").string(), "initrd");
  put((built / "root").string(), "root");
  const LaunchRequest request = prepared();
  const std::filesystem::path fixed = request.environment.at("LIBGUESTFS_PATH");
  for (const char *file : {"kernel", "initrd", "root", "README.fixed"})
    EXPECT_TRUE(std::filesystem::is_regular_file(fixed / file)) << file;
  EXPECT_FALSE(std::filesystem::is_symlink(fixed / "kernel"));
  EXPECT_EQ(request.environment.at("LIBGUESTFS_CACHEDIR"), at("cache"))
      << "what libguestfs knows of qemu lies there";
  lever.changes.without = {"lvm2"};
  EXPECT_NE(refusal().find("another lever wants another one"), std::string::npos);
}

TEST_F(Preparation, gives_another_appliance_a_cache_of_its_own) {
  put("theirs/supermin.d/packages", "bash\n");
  lever.changes.environment = {{"LIBGUESTFS_PATH", at("theirs")}};
  EXPECT_EQ(prepared().environment.at("LIBGUESTFS_CACHEDIR"), at("scratch/cache"))
      << "or the boot as it is would boot it next";
}

} // namespace
} // namespace bootperf
