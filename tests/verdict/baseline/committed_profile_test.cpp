// The profile that is committed beside a baseline.
#include "verdict/baseline/committed_profile.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/files.h"
#include "profile/profile_json.h"
#include "profile/profiles.h"

namespace bootperf {
namespace {

namespace fs = std::filesystem;

class CommittedProfile : public ::testing::Test {
protected:
  CommittedProfile() {
    fs::create_directories(directory);
    baseline.file = (directory / "x86_64-tcg.instructions.yaml").string();
    baseline.machine_class = {Metric::instructions,
                              {{"arch", "x86_64"},
                               {"kernel", "6.1.0"},
                               {"mode", "counted"},
                               {"scenario", "Launch/counted"}}};
    profile = testing::profile_of({{"run > launch", "vmlinux", "memset", {100, 200, 300}}});
    profile.environment = {{"arch", "x86_64"}, {"kernel", "6.1.0"},   {"mode", "counted"},
                           {"host", "build7"}, {"cpu_model", "EPYC"}, {"libguestfs", "1.48.6"}};
  }
  ~CommittedProfile() override { fs::remove_all(directory); }

  Result<std::optional<Profile>> committed() const { return committed_profile(baseline, policy); }
  void commit(const std::string &text) const {
    ASSERT_TRUE(replace_file(profile_file_of(baseline.file), text));
  }

  const fs::path directory = fs::path(::testing::TempDir()) / "committed-profile-test";
  Baseline baseline;
  Profile profile;
  Policy policy;
};

TEST_F(CommittedProfile, IsNamedAsTheBaselineIs) {
  EXPECT_EQ(profile_file_of("thresholds/x.instructions.yaml"), "thresholds/x.profile.json");
}

TEST_F(CommittedProfile, CanBeReadAgain) {
  const auto text = committed_form(profile);
  ASSERT_TRUE(text) << to_text(text.error());
  commit(*text);
  const auto read = committed();
  ASSERT_TRUE(read) << to_text(read.error());
  ASSERT_TRUE(*read);
  ASSERT_EQ((*read)->launches.size(), 1u);
  EXPECT_EQ((*read)->launches[0].instructions, 200u);
}

TEST_F(CommittedProfile, SaysWhatItIsOfAndNotWhereItWasMade) {
  const auto text = committed_form(profile);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("1.48.6"), std::string::npos);
  EXPECT_EQ(text->find("build7"), std::string::npos);
  EXPECT_EQ(text->find("EPYC"), std::string::npos);
}

TEST_F(CommittedProfile, IsNoneWhereNothingIsCommitted) {
  const auto read = committed();
  ASSERT_TRUE(read) << to_text(read.error());
  EXPECT_FALSE(*read);
}

TEST_F(CommittedProfile, IsRefusedOfAnotherClass) {
  profile.environment["kernel"] = "6.12.0";
  commit(*committed_form(profile));
  const auto read = committed();
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("kernel: 6.12.0 → 6.1.0"), std::string::npos)
      << read.error().message;
  policy.subject = {"kernel"};
  EXPECT_TRUE(committed()) << "a kernel under test is no part of the class";
}

TEST_F(CommittedProfile, IsRefusedWhenItIsDamagedOrTooLarge) {
  commit("{\"bootperf_profile\": 1");
  EXPECT_EQ(committed().error().kind, ErrorKind::input);
  commit(std::string(max_committed_profile_bytes + 1, ' '));
  EXPECT_FALSE(committed());
}

TEST_F(CommittedProfile, BelongsToTheBaselineOfItsClass) {
  Baseline other = baseline;
  other.file = "other";
  other.machine_class.keys["kernel"] = "6.12.0";
  Baseline wall = baseline;
  wall.machine_class.metric = Metric::wall;
  const auto found = baseline_of(profile, {other, wall, baseline}, policy);
  ASSERT_TRUE(found) << to_text(found.error());
  EXPECT_EQ(found->file, baseline.file);
}

TEST_F(CommittedProfile, BelongsToNoBaselineOfAnotherClassAndNotToTwo) {
  profile.environment["smp"] = "2";
  const auto none = baseline_of(profile, {baseline}, policy);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("smp: none → 2"), std::string::npos) << none.error().message;
  profile.environment.erase("smp");
  EXPECT_FALSE(baseline_of(profile, {baseline, baseline}, policy));
}

} // namespace
} // namespace bootperf
