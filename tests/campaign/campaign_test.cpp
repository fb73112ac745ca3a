#include "campaign/campaign.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "campaign/fake_launcher.h"

namespace bootperf {
namespace {

class Witness : public CampaignObserver {
public:
  void launching(const std::string &what, const CampaignStanding &) override {
    begun.push_back(what);
  }
  void launched(const std::string &, const Launch &, const CampaignStanding &now) override {
    standing = now;
  }
  void repeats() override { ++repeated; }
  void warned(const std::string &) override {}

  std::vector<std::string> begun;
  CampaignStanding standing;
  int repeated = 0;
};

class CampaignTest : public testing::Test {
protected:
  CampaignTest() {
    path = std::filesystem::path(testing::TempDir()) /
           (std::string("campaign-") +
            testing::UnitTest::GetInstance()->current_test_info()->name() + ".json");
    session.id = "id";
  }
  ~CampaignTest() override { std::filesystem::remove(path); }

  Recording recording(Launcher &launcher) {
    return Recording(launcher, rules, {.session = path, .logs = "/logs"}, session);
  }

  Round round(int launches, int jobs = 1) const {
    Round all{.orders = {}, .jobs = jobs};
    for (int i = 0; i < launches; ++i)
      all.orders.push_back({&head, "launch " + std::to_string(i + 1), 7});
    return all;
  }

  Rules rules = std::move(load_rules("").value());
  std::filesystem::path path;
  Session session;
  Witness witness;
  const Variant base{.scenario = "Launch/traced", .subject = "base"};
  const Variant head{.scenario = "Launch/traced", .subject = "head"};
};

TEST_F(CampaignTest, warms_variants_up_in_turn) {
  FakeLauncher launcher([](int) { return came_up(); });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  campaign.plan(6);
  ASSERT_TRUE(campaign.warm_up({&base, &head}, {2, {}}, [](const Variant &variant, int number) {
    return variant.subject + std::to_string(number);
  }));
  EXPECT_EQ(witness.begun, (std::vector<std::string>{"base1", "head1", "base2", "head2"}));
  EXPECT_TRUE(std::ranges::all_of(recording.session().launches, &Launch::warmup));
  EXPECT_EQ(witness.standing.made, 4);
  EXPECT_EQ(witness.standing.planned, 6);
}

TEST_F(CampaignTest, goes_on_round_after_round_until_told_to_stop) {
  FakeLauncher launcher([](int) { return came_up(); });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  std::vector<std::size_t> before;
  ASSERT_TRUE(campaign.run([&]() -> std::optional<Round> {
    before.push_back(recording.session().launches.size());
    return before.size() < 3 ? std::optional(round(2)) : std::nullopt;
  }));
  EXPECT_EQ(before, (std::vector<std::size_t>{0, 2, 4}));
  EXPECT_EQ(recording.session().launches[3].block, 7);
}

TEST_F(CampaignTest, makes_several_at_a_time_and_keeps_their_order) {
  FakeLauncher launcher([](int) { return came_up(); });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  const auto results = campaign.launch_all(round(9, 3));
  ASSERT_EQ(results.size(), 9u);
  std::vector<std::size_t> indexes;
  for (const auto &result : results)
    indexes.push_back(result.value().index);
  std::ranges::sort(indexes);
  for (std::size_t i = 0; i < indexes.size(); ++i)
    EXPECT_EQ(indexes[i], i);
}

TEST_F(CampaignTest, repeats_what_is_no_warm_launch_and_plans_it) {
  for (const BootLog &first : {rebuilt(), asked()}) {
    FakeLauncher launcher([&](int number) { return number == 0 ? first : came_up(); });
    Recording recording = this->recording(launcher);
    Campaign campaign(recording, witness);
    campaign.plan(1);
    witness.repeated = 0;
    witness.begun.clear();
    EXPECT_EQ(campaign.launch_all(round(1)).front().value().index, 1u);
    ASSERT_EQ(witness.begun.size(), 2u);
    EXPECT_EQ(witness.begun[1], witness.begun[0] + ", again") << "else one is told twice";
    EXPECT_EQ(witness.repeated, 1);
    EXPECT_EQ(witness.standing.planned, 2);
  }
}

TEST_F(CampaignTest, gives_up_on_what_never_comes_up_and_launches_the_others) {
  FakeLauncher launcher([](int number) { return number < 3 ? hung() : came_up(); });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  const auto results = campaign.launch_all(round(5));
  EXPECT_EQ(launcher.launches(), 3);
  EXPECT_TRUE(results[2]) << "a launch that failed is a launch";
  EXPECT_FALSE(results[3]);
  EXPECT_TRUE(campaign.given_up(head));
  EXPECT_FALSE(campaign.given_up(base));
  EXPECT_TRUE(campaign.launch_all({.orders = {{&base, "base", {}}}, .jobs = 1}).front());
}

TEST_F(CampaignTest, knows_what_came_up_before_it_went_on) {
  session.scenarios.resize(1);
  session.scenarios[0].name = "Launch/traced";
  session.launches.resize(1);
  session.launches[0].scenario = "Launch/traced";
  session.launches[0].ok = true;
  FakeLauncher launcher([](int) { return hung(); });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  campaign.launch_all(round(5));
  EXPECT_EQ(launcher.launches(), 5);
  EXPECT_FALSE(campaign.given_up(head));
}

TEST_F(CampaignTest, ends_when_another_kernel_boots_than_before) {
  FakeLauncher launcher([](int number) {
    BootLog log = came_up();
    log.environment["kernel"] = number < 2 ? "6.1.0-56" : "6.1.0-57";
    return log;
  });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  const Result<void> ended = campaign.run([&] { return std::optional(round(5)); });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().kind, ErrorKind::input);
  EXPECT_NE(ended.error().message.find("of kernel 6.1.0-56, and now it is 6.1.0-57"),
            std::string::npos);
  EXPECT_EQ(read_session(path.string())->launches.size(), 2u);
}

TEST_F(CampaignTest, ends_when_interrupted) {
  FakeLauncher launcher([](int number) -> Result<BootLog> {
    return number < 2 ? Result<BootLog>(came_up())
                      : Result<BootLog>(fail(ErrorKind::interrupted, "interrupted"));
  });
  Recording recording = this->recording(launcher);
  Campaign campaign(recording, witness);
  const Result<void> ended = campaign.run([&] { return std::optional(round(5)); });
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().kind, ErrorKind::interrupted);
  EXPECT_EQ(launcher.launches(), 3);
  EXPECT_EQ(read_session(path.string())->launches.size(), 2u);
}

} // namespace
} // namespace bootperf
