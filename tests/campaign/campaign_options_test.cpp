#include "campaign/campaign_options.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(CampaignOptions, reach_another_program_as_they_are) {
  CampaignOptions options;
  options.accelerator = Accelerator::tcg;
  options.backend = "libvirt";
  options.memsize_mib = 768;
  options.smp = 2;
  options.drives = 3;
  options.network = true;
  options.append = "a=b c";
  options.deadline = std::chrono::seconds(60);
  options.jobs = 4;
  options.rules = "r.yaml";
  options.logs = "/logs";
  CampaignOptions standard;
  EXPECT_EQ(arguments_of(flags_of(options), flags_of(standard), "bootperf_"),
            (std::vector<std::string>{
                "--bootperf_accel=tcg", "--bootperf_backend=libvirt", "--bootperf_memsize=768",
                "--bootperf_smp=2", "--bootperf_drives=3", "--bootperf_network",
                "--bootperf_append=a=b c", "--bootperf_deadline=60", "--bootperf_jobs=4",
                "--bootperf_rules=r.yaml", "--bootperf_logs=/logs"}));
  EXPECT_TRUE(arguments_of(flags_of(standard), flags_of(standard)).empty());
}

TEST(CampaignOptions, make_a_request) {
  CampaignOptions options;
  options.smp = 2;
  options.network = true;
  options.deadline = std::chrono::seconds(7);
  const LaunchRequest request = request_of(options, Mode::counted, {{"A", "1"}});
  EXPECT_EQ(request.mode, Mode::counted);
  EXPECT_EQ(request.smp, 2);
  EXPECT_TRUE(request.network);
  EXPECT_EQ(request.deadline, std::chrono::seconds(7));
  EXPECT_EQ(request.environment.at("A"), "1");
}

TEST(Replay, is_a_list_or_several) {
  std::vector<std::filesystem::path> logs;
  const Flag flag = replay_flag(logs);
  ASSERT_TRUE(flag.set("a.jsonl,b.jsonl"));
  ASSERT_TRUE(flag.set("c.jsonl"));
  EXPECT_EQ(logs.size(), 3u);
  EXPECT_EQ(flag.get(), std::vector<std::string>{"a.jsonl,b.jsonl,c.jsonl"});
}

} // namespace
} // namespace bootperf
