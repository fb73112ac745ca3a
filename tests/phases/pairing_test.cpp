#include "phases/launches.h"

namespace bootperf::test {
namespace {

/// A launch in mode initcalls whose kernel says these lines, a millisecond apart.
PhaseTree kernel_says(const std::vector<std::string> &lines) {
  BootLog log = log_of({{Source::appliance, "    -no-user-config \\\n"}}, {{"mode", "initcalls"}});
  std::int64_t t_ns = 1'000'000;
  for (const std::string &line : lines)
    log.events.push_back({t_ns += 1'000'000, Source::appliance, line + "\r\n", {}});
  log.events.push_back({t_ns += 1'000'000, Source::launch_done, "", {}});
  log.events.push_back({t_ns, Source::close, "", {}});
  const PhaseTree tree = shipped().split(log);
  expect_sound(tree);
  return tree;
}

TEST(Initcalls, of_the_same_name_are_numbered) {
  const PhaseTree tree =
      kernel_says({"[    1.000000] calling  a+0x0/0x1 @ 1",
                   "[    1.000000] initcall a+0x0/0x1 returned 0 after 1 usecs",
                   "[    1.000000] calling  a+0x0/0x2 [mod] @ 1",
                   "[    1.000000] initcall a+0x0/0x2 [mod] returned 0 after 1"});
  EXPECT_TRUE(find_phase(tree, "initcall a"));
  EXPECT_TRUE(find_phase(tree, "initcall a #2"));
}

TEST(Initcalls, of_one_thread_nest) {
  const PhaseTree tree = kernel_says({"[    1.000000] calling  outer+0x0/0x1 @ 1",
                                      "[    1.000000] calling  inner+0x0/0x1 @ 1",
                                      "[    1.000000] initcall inner+0x0/0x1 returned 0 after 1",
                                      "[    1.000000] initcall outer+0x0/0x1 returned 0 after 1"});
  const Phase *inner = find_phase(tree, "initcall inner");
  ASSERT_TRUE(inner);
  EXPECT_EQ(tree.phases[*inner->parent].name, "initcall outer");
  EXPECT_FALSE(inner->overlaps);
}

TEST(Initcalls, of_two_threads_overlap_and_are_not_summed) {
  const PhaseTree tree = kernel_says({"[    1.000000] calling  slow+0x0/0x1 @ 45",
                                      "[    1.000000] calling  quick+0x0/0x1 @ 1",
                                      "[    1.000000] initcall quick+0x0/0x1 returned 0 after 1",
                                      "[    1.000000] initcall slow+0x0/0x1 returned 0 after 1"});
  EXPECT_FALSE(find_phase(tree, "initcall quick")->overlaps);
  EXPECT_TRUE(find_phase(tree, "initcall slow")->overlaps);
  EXPECT_EQ(wall_of(tree, "initcall slow"), 3'000'000);
}

TEST(Initcalls, are_paired_by_thread_where_the_end_says_it) {
  const PhaseTree tree =
      kernel_says({"[    1.000000][    T1] calling  same+0x0/0x1 @ 1",
                   "[    1.000000][   T45] calling  same+0x0/0x1 @ 45",
                   "[    1.000000][    T1] initcall same+0x0/0x1 returned 0 after 1 usecs",
                   "[    1.000000] nothing", "[    1.000000] nothing",
                   "[    1.000000][   T45] initcall same+0x0/0x1 returned 0 after 1 usecs"});
  EXPECT_EQ(wall_of(tree, "initcall same"), 2'000'000);
  EXPECT_EQ(wall_of(tree, "initcall same #2"), 4'000'000);
}

TEST(Initcalls, are_no_pci_fixups) {
  const PhaseTree tree =
      kernel_says({"[    1.000000] pci 0000:00:00.0: calling  quirk+0x0/0x1 @ 1",
                   "[    1.000000] pci 0000:00:00.0: quirk+0x0/0x1 took 0 usecs"});
  EXPECT_FALSE(find_phase(tree, "initcall quirk"));
}

TEST(Initcalls, of_modules_lie_in_their_insmod) {
  const PhaseTree tree = shipped().split(recording("initcalls"));
  const Phase *module = find_phase(tree, "initcall virtio_pci_driver_init");
  ASSERT_TRUE(module);
  EXPECT_EQ(tree.phases[*module->parent].name, "insmod virtio_pci");
  const Phase *built_in = find_phase(tree, "initcall virtio_init");
  ASSERT_TRUE(built_in);
  const Phase *acpi = find_phase(tree, "initcall acpi_init");
  ASSERT_TRUE(acpi);
  EXPECT_EQ(tree.phases[*acpi->parent].name, "kernel:initcalls-before-userspace");
}

TEST(Insmods, end_at_the_next_one_and_the_last_where_the_root_is_picked) {
  const PhaseTree tree = shipped().split(recording("traced-1"));
  const Phase *first = find_phase(tree, "insmod crc32-pclmul");
  const Phase *second = find_phase(tree, "insmod crc32c-intel");
  const Phase *last = find_phase(tree, "insmod libcrc32c");
  const Phase *mount = find_phase(tree, "supermin:mount-root");
  ASSERT_TRUE(first && second && last && mount);
  EXPECT_EQ(first->start_ns + first->wall_ns, second->start_ns);
  EXPECT_EQ(last->start_ns + last->wall_ns, mount->start_ns);
}

} // namespace
} // namespace bootperf::test
