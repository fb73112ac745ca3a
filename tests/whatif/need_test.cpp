#include "whatif/need.h"

#include <gtest/gtest.h>
#include <sys/utsname.h>

namespace bootperf {
namespace {

TEST(Need, that_is_there_is_not_missing) {
  utsname host = {};
  ASSERT_EQ(uname(&host), 0);
  EXPECT_EQ(missing_need({}), std::nullopt);
  EXPECT_EQ(missing_need({{.arch = {"x", host.machine}}, {.file = "/"}, {.program = "sh"}}),
            std::nullopt);
}

TEST(Need, that_is_missing_is_said) {
  EXPECT_EQ(missing_need({{.file = "/"}, {.arch = {"s390x", "vax"}}}), "it is for s390x, vax");
  EXPECT_EQ(missing_need({{.file = "/no/rom", .package = "qboot"}}),
            "it needs /no/rom (package qboot), which is not here");
  EXPECT_EQ(missing_need({{.program = "no-such-program"}}),
            "it needs no-such-program, which is not here");
}

Result<Need> read(const std::string &yaml) {
  const Result<YamlNode> document = parse_yaml(yaml, "needs.yaml");
  std::optional<Error> error = document ? std::nullopt : std::optional(document.error());
  const Need need = document ? read_need(*document, error) : Need{};
  return error ? Result<Need>(tl::unexpected(*error)) : need;
}

TEST(Need, is_one_thing) {
  EXPECT_EQ(*read("{file: /usr/share/qboot.rom, package: qemu-system-data}"),
            (Need{.file = "/usr/share/qboot.rom", .package = "qemu-system-data"}));
  EXPECT_EQ(*read("{kvm: true}"), Need{.kvm = true});
  for (const char *wrong : {"{}", "{file: a, program: b}", "{kvm: yes}", "{kvm: false}",
                            "{arch: []}", "{file: a, colour: red}"})
    EXPECT_FALSE(read(wrong)) << wrong;
}

} // namespace
} // namespace bootperf
