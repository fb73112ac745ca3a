#include <gtest/gtest.h>

#include "base/gzip.h"
#include "bootperf_program.h"

namespace bootperf {
namespace {

constexpr const char *recorded = R"json({"bootperf_profile": 1, "environment": {"kernel": "6.1"},
"phases": ["run > launch"],
"functions": [["vmlinux","memset"],["/usr/bin/bash","(unknown)"]],
"launches": [{"instructions": 300, "rows": [[0,0,200,0,10],[0,1,100,0,5]]},
{"instructions": 300, "rows": [[0,0,200,0,10],[0,1,100,0,5]]}]
}
)json";

class ProfileVerb : public InDirectory {
protected:
  const std::string base = write("base.json", recorded);

  std::string slower() const {
    std::string text = recorded;
    for (auto at = text.find("300"); at != std::string::npos; at = text.find("300", at))
      text.replace(at, 3, "350");
    for (auto at = text.find("[0,0,200"); at != std::string::npos; at = text.find("[0,0,200"))
      text.replace(at, 8, "[0,0,250");
    return write("head.json", text);
  }
};

TEST_F(ProfileVerb, shows_a_recorded_profile) {
  const Ran shown = bootperf({"profile", base});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("profile of 2 launches"), std::string::npos) << shown.text;
  EXPECT_NE(shown.text.find("66.7 %"), std::string::npos) << shown.text;
}

TEST_F(ProfileVerb, shows_several_as_one) {
  const Ran shown = bootperf({"profile", base, base});
  EXPECT_NE(shown.text.find("profile of 4 launches"), std::string::npos) << shown.text;
}

TEST_F(ProfileVerb, compares_two_recorded_profiles) {
  const Ran shown = bootperf({"profile", "--diff", base, slower()});
  EXPECT_EQ(shown.code, 0) << shown.text;
  EXPECT_NE(shown.text.find("memset"), std::string::npos) << shown.text;
  EXPECT_NE(shown.text.find("+50"), std::string::npos) << shown.text;
  EXPECT_EQ(shown.text.find("bash"), std::string::npos) << shown.text;
}

TEST_F(ProfileVerb, writes_the_format_that_the_files_name_says) {
  ASSERT_EQ(bootperf({"profile", base, "-o", file("boot.folded")}).code, 0);
  EXPECT_EQ(read(file("boot.folded")), "run;launch;vmlinux;memset 200\n"
                                       "run;launch;/usr/bin/bash;(unknown) 100\n");
  ASSERT_EQ(bootperf({"profile", base, "-o", file("boot.pb.gz")}).code, 0);
  EXPECT_TRUE(is_gzip(read(file("boot.pb.gz"))));
  ASSERT_EQ(bootperf({"profile", base, "-o", file("again.json.gz")}).code, 0);
  const Ran same = bootperf({"profile", "--diff", base, file("again.json.gz")});
  EXPECT_NE(same.text.find("no function changed"), std::string::npos) << same.text;
  ASSERT_EQ(bootperf({"profile", base, "-o", file("callgrind.out"), "--format", "callgrind"}).code,
            0);
  EXPECT_EQ(read(file("callgrind.out")).rfind("# callgrind format", 0), 0u);
}

TEST_F(ProfileVerb, overwrites_nothing_unasked) {
  const Ran refused = bootperf({"profile", base, "-o", base});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.text.find("--force"), std::string::npos) << refused.text;
  EXPECT_EQ(read(base), recorded);
  EXPECT_EQ(bootperf({"profile", base, "-o", file("x.csv")}).code, 0);
  EXPECT_EQ(bootperf({"profile", base, "-o", file("x.csv"), "--force"}).code, 0);
}

TEST_F(ProfileVerb, refuses_what_makes_no_sense) {
  const std::vector<std::vector<std::string>> commands = {
      {"profile", base, "--diff", base, base},
      {"profile", base, "--launches", "2"},
      {"profile", "--diff", base, base, "--record", file("new.json")},
      {"profile", "--diff", base, base, "--format", "folded"},
      {"profile", file("missing.json")},
      {"profile", write("bad.json", "{}")},
      {"profile", "--launches", "0"}};
  for (const auto &command : commands) {
    const Ran ran = bootperf(command);
    EXPECT_EQ(ran.code, 2) << ran.text;
  }
}

TEST_F(ProfileVerb, says_where_a_recorded_profile_is_wrong) {
  std::string text = recorded;
  text.replace(text.find("[0,1,100"), 8, "[0,7,100");
  const Ran ran = bootperf({"profile", write("bad.json", text)});
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.text.find("bad.json:4"), std::string::npos) << ran.text;
}

} // namespace
} // namespace bootperf
