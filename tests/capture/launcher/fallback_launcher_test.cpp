#include <gtest/gtest.h>

#include "capture/launcher/fallback_launcher.h"

namespace bootperf {
namespace {

using std::chrono::seconds;

// A machine whose KVM may not work: keeps what was asked and answers as told.
class FakeLauncher : public Launcher {
public:
  Result<BootLog> launch(const LaunchRequest &request) override {
    asked.push_back(request);
    BootLog log;
    const bool tcg = request.accelerator == Accelerator::tcg || !kvm_there;
    log.environment["accel"] = tcg ? "tcg" : "kvm";
    const auto &reason = tcg ? tcg_failure : kvm_failure;
    log.end = LaunchEnd{reason.empty(), reason, {}, {}, {}, {}};
    return log;
  }

  bool kvm_there = true;
  std::string kvm_failure, tcg_failure;
  std::vector<LaunchRequest> asked;
};

class Fallback : public testing::Test {
protected:
  FallbackLauncher launcher() {
    return {fake_,
            {seconds(90), [this] { return fake_.kvm_there; },
             [this](const std::string &text) { warnings_.push_back(text); }}};
  }

  static LaunchRequest request(Accelerator accelerator) {
    LaunchRequest wanted;
    wanted.accelerator = accelerator;
    return wanted;
  }

  FakeLauncher fake_;
  std::vector<std::string> warnings_;
};

TEST_F(Fallback, leaves_a_kvm_that_works_alone) {
  auto fallback = launcher();
  EXPECT_TRUE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_TRUE(fallback.launch(request(Accelerator::automatic))->ok());
  ASSERT_EQ(fake_.asked.size(), 2U);
  EXPECT_EQ(fake_.asked[0].deadline, seconds(90)) << "a hanging KVM shows soon";
  EXPECT_EQ(fake_.asked[1].deadline, seconds(300));
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(Fallback, goes_over_to_tcg_once_for_the_whole_session) {
  auto fallback = launcher();
  fake_.kvm_failure = "KVM does not work: failed to set MSR";
  EXPECT_EQ(fallback.launch(request(Accelerator::automatic))->value("accel"), "tcg");
  EXPECT_EQ(fallback.launch(request(Accelerator::automatic))->value("accel"), "tcg");
  EXPECT_EQ(fake_.asked.size(), 3U) << "KVM is tried once";
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_NE(warnings_[0].find("(failed to set MSR)"), std::string::npos);
}

TEST_F(Fallback, takes_a_hang_under_kvm_for_a_kvm_that_does_not_work) {
  auto fallback = launcher();
  fake_.kvm_failure = "hung: did not finish within 90 s (deadline)";
  EXPECT_TRUE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_EQ(warnings_.size(), 1U);
}

TEST_F(Fallback, does_not_blame_kvm_for_a_broken_appliance) {
  auto fallback = launcher();
  fake_.kvm_failure = "kernel panic: no init";
  EXPECT_FALSE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_EQ(fake_.asked.size(), 1U);
  fake_.kvm_failure = fake_.tcg_failure = "qemu died: bad option";
  EXPECT_FALSE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_TRUE(warnings_.empty()) << "it failed under TCG too";
}

TEST_F(Fallback, makes_a_failing_kvm_an_error_when_kvm_is_wanted) {
  auto fallback = launcher();
  fake_.kvm_failure = "hung: did not finish within 90 s (deadline)";
  const auto log = fallback.launch(request(Accelerator::kvm));
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().kind, ErrorKind::not_measured);
}

TEST_F(Fallback, does_not_blame_kvm_once_it_has_worked) {
  auto fallback = launcher();
  EXPECT_TRUE(fallback.launch(request(Accelerator::kvm))->ok());
  fake_.kvm_failure = "hung: did not finish within 300 s (deadline)";
  EXPECT_FALSE(fallback.launch(request(Accelerator::kvm))->ok());
  EXPECT_FALSE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_TRUE(warnings_.empty());
}

TEST_F(Fallback, gives_tcg_its_time_where_there_is_no_kvm) {
  auto fallback = launcher();
  fake_.kvm_there = false;
  EXPECT_TRUE(fallback.launch(request(Accelerator::automatic))->ok());
  EXPECT_EQ(fake_.asked[0].deadline, seconds(300));
}

} // namespace
} // namespace bootperf
