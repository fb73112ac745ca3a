#include <algorithm>

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/temporary_directory.h"
#include "whatif/lever.h"

namespace bootperf {
namespace {

Lever with_name(const std::string &name) {
  Lever lever;
  lever.name = name;
  return lever;
}

/// Levers of these names.
std::vector<Lever> named(const std::vector<std::string> &names) {
  std::vector<Lever> levers;
  for (const std::string &name : names)
    levers.push_back(with_name(name));
  return levers;
}

std::vector<std::string> names_of(const std::vector<Lever> &levers) {
  std::vector<std::string> names;
  for (const Lever &lever : levers)
    names.push_back(lever.name);
  return names;
}

std::string choice_error(const std::vector<std::string> &names) {
  const auto chosen = choose_levers(named({"q35", "unsigned-modules"}), names);
  if (chosen)
    return "no error";
  EXPECT_EQ(chosen.error().kind, ErrorKind::usage);
  return chosen.error().message;
}

/// Why these are not tried together.
std::string conflict(const std::vector<Lever> &levers) {
  const Result<Lever> all = together(levers, "together");
  if (all)
    return "none";
  EXPECT_EQ(all.error().kind, ErrorKind::not_measured);
  return all.error().message;
}

class OwnLevers : public ::testing::Test {
protected:
  Result<std::vector<Lever>> load(const std::string &yaml) const {
    const auto file = directory.path() / "mine.yaml";
    EXPECT_TRUE(replace_file(file, yaml));
    return load_levers(file.string());
  }
  testing::TemporaryDirectory directory;
};

TEST(ChosenLevers, are_in_the_order_asked_for) {
  const auto chosen = choose_levers(named({"a", "b", "c"}), {"c", "a"});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(names_of(*chosen), (std::vector<std::string>{"c", "a"}));
}

TEST(ChosenLevers, are_all_where_none_is_named) {
  const auto chosen = choose_levers(named({"b", "a"}), {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(names_of(*chosen), (std::vector<std::string>{"b", "a"}));
}

TEST(ChosenLevers, are_there_and_named_once) {
  EXPECT_EQ(choice_error({"unsigned-module"}),
            "there is no lever \"unsigned-module\"; did you mean \"unsigned-modules\"?; `bootperf "
            "what-if --list` shows all");
  EXPECT_EQ(choice_error({"zzzzzzzz"}),
            "there is no lever \"zzzzzzzz\"; `bootperf what-if --list` shows all");
  EXPECT_EQ(choice_error({"q35", "q35"}), "duplicate lever \"q35\"");
}

TEST_F(OwnLevers, stand_behind_the_shipped_ones_or_in_their_place) {
  const std::string shipped = load_levers("")->front().name;
  const auto levers =
      load("levers:\n"
           "  - {name: mine, actor: qemu, what: w, adopt: x, smp: 2, proof: [{line: x}]}\n"
           "  - {name: " +
           shipped + ", actor: kernel, what: mine, adopt: x, smp: 3, proof: [{line: x}]}\n");
  ASSERT_TRUE(levers) << to_text(levers.error());
  EXPECT_EQ(levers->size(), load_levers("")->size() + 1);
  EXPECT_EQ(levers->front().name, shipped);
  EXPECT_EQ(levers->front().what, "mine");
  EXPECT_EQ(levers->front().changes.smp, 3);
  EXPECT_EQ(levers->back().name, "mine");
}

TEST_F(OwnLevers, that_are_wrong_are_refused_with_their_place) {
  const auto levers = load("levers:\n  - {name: base}\n");
  ASSERT_FALSE(levers);
  EXPECT_EQ(levers.error().where.file, (directory.path() / "mine.yaml").string());
  EXPECT_EQ(levers.error().where.line, 2);
}

TEST_F(OwnLevers, are_of_a_size_that_people_write) {
  EXPECT_FALSE(load(std::string((1 << 20) + 1, '#')));
}

TEST(LeversTogether, are_all_their_changes_and_proofs_once) {
  Lever one = with_name("one"), two = with_name("two");
  one.changes.append = "quiet";
  one.changes.modules = {ModuleChange::unsigned_};
  one.changes.init = {DeletedLines{"^a"}};
  one.changes.memsize_mib = 512;
  one.changes.environment = {{"A", "1"}};
  one.needs = {{.arch = {"x86_64"}, .file = "", .program = "", .package = ""}};
  one.proofs = {{ProofBy::line, "x"}};
  two = one;
  two.name = "two";
  two.changes.append = "audit=0";
  two.changes.environment = {{"A", "1"}, {"B", "2"}};
  two.changes.qemu = {AddedArguments{{"-vga", "none"}}};
  two.changes.exclude = {"*.rules"};
  one.touches = {{.phase = "/init", .object = "", .function = ""}};
  two.touches = {{.phase = "", .object = "", .function = "f"}};
  two.changes.unpacked_kernel = two.changes.network = true;
  two.proofs.push_back({ProofBy::no_line, "y"});
  const Result<Lever> all = together({one, two}, "together");
  ASSERT_TRUE(all) << to_text(all.error());
  EXPECT_EQ(all->name, "together");
  EXPECT_EQ(all->what, "one, two");
  LeverChanges expected = one.changes;
  expected.append = "quiet audit=0";
  expected.environment = {{"A", "1"}, {"B", "2"}};
  expected.qemu = two.changes.qemu;
  expected.unpacked_kernel = expected.network = true;
  expected.exclude = two.changes.exclude;
  EXPECT_EQ(all->changes, expected);
  EXPECT_EQ(all->touches.size(), 2u);
  EXPECT_EQ(all->needs, one.needs);
  EXPECT_EQ(all->proofs, two.proofs);
}

TEST(LeversTogether, want_no_two_values_of_one_thing) {
  std::vector<Lever> two = named({"one", "two"});
  two[0].changes.memsize_mib = 512;
  two[1].changes.memsize_mib = 768;
  EXPECT_EQ(conflict(two), "two wants another value of something that is set already");
  two[1].changes.memsize_mib = {};
  EXPECT_EQ(conflict(two), "none");
  two[0].changes.smp = 1;
  two[1].changes.smp = 2;
  EXPECT_NE(conflict(two), "none");
  two[1].changes.smp = 1;
  EXPECT_EQ(conflict(two), "none");
  two[0].changes.environment = {{"A", "1"}};
  two[1].changes.environment = {{"A", "2"}};
  EXPECT_NE(conflict(two), "none");
}

TEST(LeversTogether, decide_each_thing_once) {
  std::vector<Lever> three = named({"q35", "microvm", "quiet"});
  three[0].choice = three[1].choice = "machine";
  EXPECT_EQ(conflict(three), "microvm is another machine");
  three[1].choice = "firmware";
  EXPECT_EQ(conflict(three), "none");
}

TEST(LeversFingerprint, is_another_one_of_another_file) {
  const std::string file = ::testing::TempDir() + "fingerprint.yaml";
  ASSERT_TRUE(replace_file(file, "levers: []\n"));
  const std::string shipped = levers_fingerprint("").value(),
                    with_file = levers_fingerprint(file).value();
  EXPECT_NE(shipped, with_file);
  EXPECT_EQ(with_file, levers_fingerprint(file).value());
  ASSERT_TRUE(replace_file(file, "levers: [] # changed\n"));
  EXPECT_NE(with_file, levers_fingerprint(file).value());
  EXPECT_FALSE(levers_fingerprint("/no/such/file"));
}

} // namespace
} // namespace bootperf
