#include <set>

#include <gtest/gtest.h>

#include "whatif/lever.h"

namespace bootperf {
namespace {

struct WrongLevers {
  std::string yaml;
  int line, column;
  std::string expected; ///< part of the message
};

void expect_refused(const WrongLevers &wrong) {
  SCOPED_TRACE(wrong.yaml);
  const auto levers = parse_levers(wrong.yaml, "mine.yaml");
  ASSERT_FALSE(levers);
  const Error &error = levers.error();
  EXPECT_EQ(error.kind, ErrorKind::input);
  EXPECT_EQ(error.where.file, "mine.yaml");
  EXPECT_EQ(error.where.line, wrong.line) << to_text(error);
  EXPECT_EQ(error.where.column, wrong.column) << to_text(error);
  EXPECT_NE(error.message.find(wrong.expected), std::string::npos) << error.message;
}

/// A file of one lever (from line 2 on) with these lines from line 6 on, the proof behind them.
std::string lever_with(const std::string &lines) {
  return "levers:\n  - name: mine\n    actor: kernel\n    what: half a sentence\n    adopt: "
         "them\n" +
         lines + "    proof: [{line: x}]\n";
}

/// The same with a change.
std::string sound_with(const std::string &lines) {
  return lever_with("    append: quiet\n" + lines);
}

Lever only_lever(const std::string &yaml) {
  const auto levers = parse_levers(yaml, "mine.yaml");
  if (!levers || levers->size() != 1) {
    ADD_FAILURE() << yaml << (levers ? "" : to_text(levers.error()));
    return {};
  }
  return levers->front();
}

TEST(ShippedLevers, are_each_there_once_with_proof_and_who_would_adopt_them) {
  const auto levers = load_levers("");
  ASSERT_TRUE(levers) << to_text(levers.error());
  ASSERT_FALSE(levers->empty());
  std::set<std::string> names;
  for (const Lever &lever : *levers) {
    EXPECT_TRUE(names.insert(lever.name).second) << lever.name;
    EXPECT_FALSE(lever.proofs.empty()) << lever.name;
    EXPECT_FALSE(lever.adopt.empty()) << lever.name;
    EXPECT_FALSE(lever.what.empty()) << lever.name;
    EXPECT_NE(lever.changes, LeverChanges{}) << lever.name;
  }
}

TEST(ShippedLevers, can_be_given_as_a_file_too) {
  const auto levers = load_levers(std::string(BOOTPERF_SOURCE_DIR) + "/src/whatif/levers.yaml");
  ASSERT_TRUE(levers) << to_text(levers.error());
  EXPECT_EQ(levers->size(), load_levers("")->size());
}

TEST(LeverFile, says_everything_of_a_lever) {
  const Lever lever = only_lever(R"(
levers:
  - name: all-at-once
    actor: /init
    what: everything
    adopt: nobody
    choice: machine
    append: quiet audit=0
    memsize: 512
    smp: 2
    network: true
    environment: {LIBGUESTFS_BACKEND: direct, EMPTY: ""}
    qemu:
      - {in: -machine, replace: "^accel=", by: "q35,accel="}
      - {in: -device, replace: "^scsi$", by: "", as: -global}
      - {remove: [-device, rng]}
      - {remove: [-no-hpet], optional: true}
      - {add: [-vga, none]}
    kernel: unpacked
    modules: [unsigned, unpacked]
    initrd: [virtio_pci]
    init:
      - {delete: "^x"}
      - {replace: "a", by: ""}
      - {insert: "echo", before: "^y"}
    without: [lvm2]
    exclude: ["*/85-hwclock.rules"]
    touches:
      - {phase: "/init", object: ^vmlinux$}
      - {function: crc}
    needs:
      - {arch: [x86_64, aarch64]}
      - {file: /usr/share/qboot.rom, package: qemu-system-data}
      - {program: depmod}
    proof:
      - {line: "a"}
      - {no_line: "b"}
      - {less_work: insmod}
      - {argument: "-smp 2"}
      - {no_library_line: "c"}
    uncounted: "it has two CPUs"
)");
  EXPECT_EQ(lever.name, "all-at-once");
  EXPECT_EQ(lever.uncounted, "it has two CPUs");
  EXPECT_EQ(lever.actor, "/init");
  EXPECT_EQ(lever.what, "everything");
  EXPECT_EQ(lever.adopt, "nobody");
  EXPECT_EQ(lever.choice, "machine");
  EXPECT_EQ(lever.where.line, 3);
  LeverChanges changes;
  changes.append = "quiet audit=0";
  changes.memsize_mib = 512;
  changes.smp = 2;
  changes.network = true;
  changes.environment = {{"EMPTY", ""}, {"LIBGUESTFS_BACKEND", "direct"}};
  changes.qemu = {ReplacedValue{"-machine", "^accel=", "q35,accel="},
                  ReplacedValue{"-device", "^scsi$", "", "-global"},
                  RemovedArguments{{"-device", "rng"}}, RemovedArguments{{"-no-hpet"}, true},
                  AddedArguments{{"-vga", "none"}}};
  changes.unpacked_kernel = true;
  changes.modules = {ModuleChange::unsigned_, ModuleChange::unpacked};
  changes.initrd = {"virtio_pci"};
  changes.init = {DeletedLines{"^x"}, ReplacedLines{"a", ""}, InsertedLine{"echo", "^y"}};
  changes.without = {"lvm2"};
  changes.exclude = {"*/85-hwclock.rules"};
  EXPECT_EQ(lever.changes, changes);
  EXPECT_EQ(lever.needs,
            (std::vector<Need>{{.arch = {"x86_64", "aarch64"}},
                               {.file = "/usr/share/qboot.rom", .package = "qemu-system-data"},
                               {.program = "depmod"}}));
  EXPECT_EQ(lever.proofs, (std::vector<LeverProof>{{ProofBy::line, "a"},
                                                   {ProofBy::no_line, "b"},
                                                   {ProofBy::less_work, "insmod"},
                                                   {ProofBy::argument, "-smp 2"},
                                                   {ProofBy::no_library_line, "c"}}));
}

TEST(LeverFile, keeps_an_appliance_fixed_that_is_the_one_there_is) {
  EXPECT_TRUE(only_lever(sound_with("    appliance: fixed\n")).changes.fixed_appliance);
  expect_refused({sound_with("    appliance: loose\n"), 7, 16, "expected \"fixed\""});
  expect_refused({sound_with("    without: [lvm2]\n    appliance: fixed\n"), 8, 16,
                  "expected nothing else that changes the appliance: a fixed one is a copy of the "
                  "one that is built here"});
}

TEST(LeverFile, that_cannot_be_counted_shows_itself_by_the_clock) {
  expect_refused({sound_with("    uncounted: two CPUs\n"), 7, 16,
                  "expected a proof by 'argument', too: launches by the clock show nothing else"});
}

TEST(LeverFile, says_where_in_a_profile_a_lever_saves) {
  EXPECT_EQ(
      only_lever(sound_with("    touches: [{phase: /init, object: o}, {function: f}]\n")).touches,
      (std::vector<LeverPlace>{{.phase = "/init", .object = "o", .function = ""},
                               {.phase = "", .object = "", .function = "f"}}));
  expect_refused({sound_with("    touches: []\n"), 7, 14, "a list of places"});
  expect_refused({sound_with("    touches: [{}]\n"), 7, 15, "a phase, an object or a function"});
  expect_refused({sound_with("    touches: [{object: '('}]\n"), 7, 24, "regular expression"});
  expect_refused({sound_with("    touches: [{function: a, file: b}]\n"), 7, 29, "\"file\""});
}

TEST(LeverFile, that_is_not_there_is_an_error) {
  const auto levers = load_levers("/no/such/levers.yaml");
  ASSERT_FALSE(levers);
  EXPECT_EQ(levers.error().kind, ErrorKind::io);
}

TEST(LeverFile, is_a_list_of_levers) {
  expect_refused({"", 1, 1, "expected a file of levers"});
  expect_refused({"- a\n", 1, 1, "found a list"});
  expect_refused({"lever: []\n", 1, 1, "needs the key \"levers\""});
  expect_refused({"levers: [{}]\nmore: 1\n", 1, 10, "needs the key \"name\""});
  expect_refused({"levers: []\n", 1, 9, "expected a list of levers"});
  expect_refused({"levers:\n  - q35\n", 2, 5, "expected a lever"});
}

TEST(LeverFile, has_no_unknown_key) {
  expect_refused({sound_with("    smpp: 2\n"), 7, 5, "did you mean \"smp\""});
  expect_refused({lever_with("    qemu: [{add: [x], by: y}]\n"), 6, 23, "by"});
  expect_refused({lever_with("    init: [{delete: x, insert: y}]\n"), 6, 24, "insert"});
  expect_refused({sound_with("    needs: [{program: x, pakage: y}]\n"), 7, 26, "\"package\""});
}

TEST(LeverFile, says_of_each_what_who_and_how_it_shows) {
  const std::string begin = "levers:\n  - name: a\n    actor: kernel\n    append: x\n";
  expect_refused({begin + "    what: w\n    adopt: x\n", 2, 5, "the key \"proof\""});
  expect_refused({begin + "    what: w\n    proof: [{line: x}]\n", 2, 5, "the key \"adopt\""});
  expect_refused({begin + "    adopt: w\n    proof: [{line: x}]\n", 2, 5, "the key \"what\""});
  expect_refused({begin + "    what: w\n    adopt: x\n    proof: []\n", 7, 12, "a list of proofs"});
  expect_refused({begin + "    what: w\n    adopt: x\n    proof: [{}]\n", 7, 13,
                  "one of 'line', 'no_line', 'less_work', 'argument' and 'no_library_line'"});
  expect_refused({begin + "    what: w\n    adopt: x\n    proof: [{line: a, no_line: b}]\n", 7, 13,
                  "one of 'line'"});
}

TEST(LeverFile, has_a_lever_that_changes_something) {
  expect_refused({lever_with(""), 2, 5, "something that it changes"});
  expect_refused(
      {lever_with("    needs: [{arch: [x86_64]}]\n"), 2, 5, "something that it changes"});
}

TEST(LeverFile, has_no_name_twice) {
  const std::string one =
      "  - {name: a, actor: qemu, what: w, adopt: x, smp: 2, proof: [{line: x}]}\n";
  expect_refused({"levers:\n" + one + one, 3, 5, "duplicate lever \"a\""});
}

TEST(LeverFile, has_plain_names_that_mean_nothing_else) {
  for (const char *name : {"base", "together", "together-without-q35", "Q35", "a_b", "-a", "a-",
                           "a--b", "\"a b\"", "../up", "é"})
    expect_refused(
        {"levers:\n  - name: " + std::string(name) + "\n", 2, 11, "expected words of a-z"});
  expect_refused({"levers:\n  - name: " + std::string(61, 'a') + "\n", 2, 11, "expected words"});
  expect_refused({"levers:\n  - name: \"\"\n", 2, 11, "expected a text"});
}

TEST(LeverFile, knows_who_can_change_what) {
  expect_refused({"levers:\n  - name: a\n    actor: me\n", 3, 12,
                  "expected qemu, firmware, kernel, supermin, /init or guestfsd"});
}

TEST(LeverFile, has_patterns_that_compile) {
  expect_refused({lever_with("    init: [{delete: '('}]\n"), 6, 21, "regular expression (RE2)"});
  expect_refused(
      {lever_with("    init: [{insert: x, before: '*'}]\n"), 6, 32, "regular expression"});
  expect_refused(
      {lever_with("    qemu: [{in: -m, replace: '[', by: x}]\n"), 6, 30, "regular expression"});
  expect_refused({"levers:\n  - name: a\n    actor: qemu\n    what: w\n    adopt: x\n    smp: 2\n"
                  "    proof: [{no_line: '('}]\n",
                  7, 23, "regular expression"});
}

TEST(LeverFile, puts_only_groups_in_place_that_the_pattern_has) {
  EXPECT_EQ(
      only_lever(lever_with("    init: [{replace: '(a)', by: '<\\1>'}]\n")).changes.init.size(),
      1u);
  expect_refused(
      {lever_with("    init: [{replace: a, by: '\\1'}]\n"), 6, 29, "groups of the pattern"});
  expect_refused({lever_with("    qemu: [{in: -m, replace: '(a)', by: '\\2'}]\n"), 6, 41,
                  "groups of the pattern"});
  expect_refused({lever_with("    qemu: [{in: -m, replace: a, by: '\\q'}]\n"), 6, 37,
                  "groups of the pattern"});
}

TEST(LeverFile, has_edits_that_do_something) {
  expect_refused({lever_with("    qemu: []\n"), 6, 11, "a list of edits"});
  expect_refused({lever_with("    qemu: [{}]\n"), 6, 12, "the key \"in\""});
  expect_refused({lever_with("    qemu: [{in: -m, replace: a}]\n"), 6, 12, "the key \"by\""});
  expect_refused({lever_with("    qemu: [{remove: []}]\n"), 6, 21, "at least one argument"});
  expect_refused({lever_with("    qemu: [{add: []}]\n"), 6, 18, "at least one argument"});
  expect_refused({lever_with("    init: [{replace: a}]\n"), 6, 12, "the key \"by\""});
  expect_refused({lever_with("    init: [{insert: a}]\n"), 6, 12, "the key \"before\""});
}

TEST(LeverFile, has_the_right_types_and_ranges) {
  expect_refused({lever_with("    memsize: 0\n"), 6, 14, "a whole number of MiB"});
  expect_refused({lever_with("    memsize: 1.5\n"), 6, 14, "a whole number of MiB"});
  expect_refused({lever_with("    memsize: much\n"), 6, 14, "a whole number of MiB"});
  expect_refused({lever_with("    smp: 256\n"), 6, 10, "a number of virtual CPUs"});
  expect_refused({lever_with("    network: false\n"), 6, 14, "expected true"});
  expect_refused(
      {lever_with("    qemu: [{remove: [x], optional: yes}]\n"), 6, 36, "expected true"});
  expect_refused({lever_with("    network: 'true'\n"), 6, 14, "expected true"});
  expect_refused({lever_with("    environment: [A]\n"), 6, 18, "a mapping of variables"});
  expect_refused({lever_with("    kernel: packed\n"), 6, 13, "expected \"unpacked\""});
  expect_refused({lever_with("    modules: [gone]\n"), 6, 15, "\"unsigned\" or \"unpacked\""});
  expect_refused({lever_with("    append: \"a\\nb\"\n"), 6, 13, "one line"});
  expect_refused({lever_with("    append: " + std::string(401, 'x') + "\n"), 6, 13, "400 bytes"});
  expect_refused(
      {sound_with("    needs: [{}]\n"), 7, 13, "one of 'arch', 'file', 'program' and 'kvm'"});
  expect_refused({sound_with("    needs: [{file: a, program: b}]\n"), 7, 13, "one of 'arch'"});
}

TEST(LeverFile, lists_something_where_it_lists) {
  expect_refused({lever_with("    initrd: []\n"), 6, 13, "at least one"});
  expect_refused({lever_with("    exclude: []\n"), 6, 14, "at least one"});
  expect_refused({lever_with("    without: []\n"), 6, 14, "at least one"});
  expect_refused({sound_with("    needs: [{arch: []}]\n"), 7, 20, "at least one"});
}

TEST(LeverFile, has_variables_that_an_environment_can_have) {
  expect_refused({lever_with("    environment: {\"\": x}\n"), 6, 19, "a variable"});
  expect_refused({lever_with("    environment: {\"A=B\": x}\n"), 6, 19, "a variable"});
}

TEST(LeverFile, has_so_many_levers_at_most) {
  std::string yaml = "levers:\n";
  for (int i = 0; i <= 500; ++i)
    yaml += "  - {name: l" + std::to_string(i) +
            ", actor: qemu, what: w, adopt: x, smp: 2, proof: [{line: x}]}\n";
  const auto levers = parse_levers(yaml, "mine.yaml");
  ASSERT_FALSE(levers);
  EXPECT_EQ(to_text(levers.error()), "mine.yaml: expected at most 500 levers");
}

} // namespace
} // namespace bootperf
