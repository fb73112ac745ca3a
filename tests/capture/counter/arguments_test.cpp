#include "capture/counter/arguments.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using Arguments = std::vector<std::string>;

TEST(Appliance, IsWhatHasAKernel) {
  EXPECT_TRUE(launches_appliance({"-nodefaults", "-kernel", "/k", "-append", "panic=1"}));
}

TEST(Appliance, IsNotAQuestionAboutQemu) {
  EXPECT_FALSE(launches_appliance({"-display", "none", "-help"}));
  EXPECT_FALSE(
      launches_appliance({"-display", "none", "-machine", "accel=kvm:tcg", "-device", "?"}));
  EXPECT_FALSE(
      launches_appliance({"-display", "none", "-machine", "accel=kvm:tcg", "-qmp", "stdio"}));
  EXPECT_FALSE(launches_appliance({"-version"}));
  EXPECT_FALSE(launches_appliance({}));
}

TEST(CountedArguments, KeepWhatTheyDoNotKnow) {
  const Arguments given = {"-m", "1280", "-kernel", "/k"};
  const Arguments expected = {"-m",    "1280", "-kernel", "/k",
                              "-seed", "1",    "-plugin", "/p.so,page=/page"};
  EXPECT_EQ(counted_arguments(given, {"-seed", "1"}, "/p.so", {"/page"}), expected);
}

TEST(CountedArguments, ReplaceTheClock) {
  const Arguments given = {"-rtc", "driftfix=slew", "-kernel", "/k"};
  const Arguments expected = {"-kernel", "/k", "-rtc", "clock=vm", "-plugin", "/p.so,page=/page"};
  EXPECT_EQ(counted_arguments(given, {"-rtc", "clock=vm"}, "/p.so", {"/page"}), expected);
}

TEST(CountedArguments, TakeRandomNumbersFromQemuAndNotFromTheHost) {
  const Arguments given = {"-object", "rng-random,filename=/dev/urandom,id=rng0", "-device",
                           "virtio-rng-pci,rng=rng0"};
  const auto counted = counted_arguments(given, {}, "/p.so", {"/page"});
  EXPECT_EQ(counted[1], "rng-builtin,id=rng0");
  EXPECT_EQ(counted[3], "virtio-rng-pci,rng=rng0");
}

TEST(CountedArguments, LeaveOtherObjectsAlone) {
  const Arguments given = {"-object", "memory-backend-memfd,id=mem"};
  EXPECT_EQ(counted_arguments(given, {}, "/p.so", {"/page"})[1], "memory-backend-memfd,id=mem");
}

TEST(CountedArguments, SurviveAnOptionWithoutItsValue) {
  EXPECT_EQ(counted_arguments({"-rtc"}, {}, "/p.so", {"/page"})[0], "-rtc");
  EXPECT_EQ(counted_arguments({"-object"}, {}, "/p.so", {"/page"})[0], "-object");
}

TEST(PluginArgument, DoublesCommasInFileNames) {
  EXPECT_EQ(plugin_argument("/a,b.so", {"/c,d"}), "/a,,b.so,page=/c,,d");
  EXPECT_EQ(plugin_argument("/p.so", {"/c", "/b", "/e", "/l"}),
            "/p.so,page=/c,blocks=/b,epochs=/e,loops=/l");
}

} // namespace
} // namespace bootperf
