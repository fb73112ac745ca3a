#include "guest/guest.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "capture/counter/temporary_directory.h"

namespace bootperf {
namespace {

const std::string mine = "  - name: Guest/mine\n"
                         "    what: a guest of mine\n"
                         "    command: [qemu-system-x86_64, -kernel, \"${kernel}\"]\n"
                         "    up: '^login:'\n";

std::string refusal(const std::string &yaml) {
  const Result<Guests> guests = parse_guests(yaml, "guests.yaml");
  if (guests)
    return "no error";
  EXPECT_EQ(guests.error().kind, ErrorKind::input);
  EXPECT_EQ(guests.error().where.file, "guests.yaml");
  return guests.error().message;
}

TEST(GuestFile, describes_guests) {
  const Result<Guests> read =
      parse_guests("guests:\n" + mine + "    needs: [{kvm: true}]\n" +
                       "    not_when_counted: [nolapic_timer]\nrules: mine-rules.yaml\n",
                   "guests.yaml");
  ASSERT_TRUE(read) << to_text(read.error());
  ASSERT_EQ(read->guests.size(), 1u);
  const Guest &guest = read->guests.front();
  EXPECT_EQ(guest.name, "Guest/mine");
  EXPECT_EQ(guest.what, "a guest of mine");
  EXPECT_EQ(guest.command,
            (std::vector<std::string>{"qemu-system-x86_64", "-kernel", "${kernel}"}));
  EXPECT_EQ(guest.up, "^login:");
  EXPECT_EQ(guest.needs, std::vector<Need>{{.kvm = true}});
  EXPECT_EQ(guest.not_when_counted, std::vector<std::string>{"nolapic_timer"});
  EXPECT_EQ(read->rules, "mine-rules.yaml");
}

TEST(GuestFile, that_is_wrong_says_what_was_expected) {
  const auto with = [](const std::string &from, const std::string &to) {
    std::string changed = "guests:\n" + mine;
    changed.replace(changed.find(from), from.size(), to);
    return refusal(changed);
  };
  for (const char *name : {"mine", "Launch/mine", "WhatIf/mine", "Capacity/mine", "Guest/m.*",
                           "Guest//mine", "/a", "A/b/traced"})
    EXPECT_EQ(with("Guest/mine", name).substr(0, 24), "expected two or more wor") << name;
  EXPECT_EQ(with("${kernel}", "${memory}"), "expected ${accel}, ${kernel}, ${unpacked_kernel}, "
                                            "${initramfs}, ${initrd} or ${root}, not memory");
  EXPECT_EQ(with("${kernel}", "${"), "expected ${accel}, ${kernel}, ${unpacked_kernel}, "
                                     "${initramfs}, ${initrd} or ${root}, not ${}");
  EXPECT_NE(with("^login:", "(").find("expected a regular expression"), std::string::npos);
  EXPECT_NE(with("what:", "colour: red\n    what:").find("colour"), std::string::npos);
  EXPECT_EQ(refusal("guests:\n" + mine + mine), "duplicate guest \"Guest/mine\"");
  EXPECT_EQ(refusal("guests: []\n"), "expected a list of guests");
}

TEST(Guests, that_are_shipped_are_the_floor) {
  const Result<Guests> shipped = load_guests("");
  ASSERT_TRUE(shipped) << to_text(shipped.error());
  EXPECT_GE(shipped->guests.size(), 5u);
  for (const Guest &guest : shipped->guests)
    EXPECT_TRUE(guest.name.starts_with("Floor/")) << guest.name;
  EXPECT_TRUE(shipped->rules.empty());
}

TEST(Guests, have_rules_beside_their_file) {
  const testing::TemporaryDirectory directory;
  const std::string file = directory.path() / "guests.yaml";
  ASSERT_TRUE(replace_file(file, "guests:\n" + mine + "rules: rules.yaml\n"));
  const Result<Guests> guests = load_guests(file);
  ASSERT_TRUE(guests) << to_text(guests.error());
  EXPECT_EQ(guests->rules, directory.path() / "rules.yaml");
  EXPECT_FALSE(load_guests(directory.path() / "missing.yaml"));
}

} // namespace
} // namespace bootperf
