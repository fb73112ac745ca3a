#include "report/trend/class_names.h"

#include <gtest/gtest.h>

namespace bootperf {
namespace {

using Keys = std::map<std::string, std::string>;

constexpr TextStyle utf8{false, true, 0};

ClassHistory class_of(Metric metric, const Keys &keys, std::vector<std::uint32_t> sessions = {0}) {
  ClassHistory history;
  history.machine_class = {metric, keys};
  history.name = history.machine_class.name();
  history.series.push_back({0, "run", {}, {}});
  for (const std::uint32_t session : sessions)
    history.series[0].points.push_back({session, 1, 20, 0});
  return history;
}

std::vector<std::string> names_of(std::vector<ClassHistory> classes) {
  return class_names({{}, std::move(classes)}, utf8);
}

const Keys traced = {
    {"arch", "x86_64"},           {"cpu_model", "Xeon"}, {"kernel", "6.1.0-56-cloud-amd64"},
    {"mode", "traced"},           {"os", "debian-12"},   {"qemu", "7.2.22"},
    {"scenario", "Launch/traced"}};

Keys with(Keys keys, const std::string &key, const std::string &value) {
  keys[key] = value;
  return keys;
}

TEST(ClassNames, say_what_a_class_is) {
  EXPECT_EQ(names_of({class_of(Metric::wall, traced)})[0],
            "Debian 12, qemu 7.2, kernel 6.1 · traced");
  EXPECT_EQ(names_of({class_of(Metric::wall, with(traced, "os", "ubuntu-24.04"))})[0],
            "Ubuntu 24.04, qemu 7.2, kernel 6.1 · traced");
}

TEST(ClassNames, say_in_what_classes_differ_that_would_read_the_same) {
  const auto names =
      names_of({class_of(Metric::wall, traced),
                class_of(Metric::wall, with(traced, "kernel", "6.1.0-57-cloud-amd64")),
                class_of(Metric::wall, with(traced, "cpu_model", "EPYC"))});
  EXPECT_EQ(names[0], "Debian 12, qemu 7.2, kernel 6.1.0-56-cloud-amd64, Xeon · traced");
  EXPECT_EQ(names[1], "Debian 12, qemu 7.2, kernel 6.1.0-57-cloud-amd64, Xeon · traced");
  EXPECT_EQ(names[2], "Debian 12, qemu 7.2, kernel 6.1.0-56-cloud-amd64, EPYC · traced");
}

TEST(ClassNames, say_the_metric_that_is_not_that_of_the_mode_and_what_the_scenario_adds) {
  Keys counted = with(with(traced, "mode", "counted"), "scenario", "Launch/counted/network");
  EXPECT_EQ(names_of({class_of(Metric::wall, counted)})[0],
            "Debian 12, qemu 7.2, kernel 6.1 · counted, network, wall time");
}

TEST(ClassNames, of_counts_have_the_distribution_that_their_sessions_agree_on) {
  const Keys wall = with(with(traced, "mode", "counted"), "scenario", "Launch/counted");
  Keys counted = wall;
  counted.erase("os");
  counted.erase("cpu_model");
  const ClassHistory count = class_of(Metric::instructions, counted, {0, 1});
  EXPECT_EQ(names_of({count, class_of(Metric::wall, wall, {0})})[0],
            "Debian 12, qemu 7.2, kernel 6.1 · counted");
  EXPECT_EQ(names_of({count, class_of(Metric::wall, wall, {0}),
                      class_of(Metric::wall, with(wall, "os", "debian-13"), {1})})[0],
            "qemu 7.2, kernel 6.1 · counted");
}

TEST(ClassNames, without_known_keys_are_still_names_and_each_one_once) {
  const auto names = names_of({class_of(Metric::wall, {}), class_of(Metric::wall, {})});
  EXPECT_NE(names[0], "");
  EXPECT_NE(names_of({class_of(Metric::wall, {{"mode", "a\033b"}})})[0].find("a\\x1bb"),
            std::string::npos);
}

} // namespace
} // namespace bootperf
