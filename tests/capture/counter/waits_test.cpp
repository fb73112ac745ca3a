#include <cstdint>

#include <gtest/gtest.h>

extern "C" {
#include "capture/counter/plugin/waits.h"
}

namespace bootperf {
namespace {

struct Booked {
  std::uint64_t waiting = 0, host = 0;
};

// A program runs: what was waited since one last did.
Booked booked() {
  Booked now;
  waits_are_over(&now.waiting, &now.host);
  return now;
}

void expect_booked(std::uint64_t waiting, std::uint64_t host) {
  const Booked now = booked();
  EXPECT_EQ(now.waiting, waiting);
  EXPECT_EQ(now.host, host);
}

TEST(Waits, until_a_timer_are_the_guests) {
  waits_timer_ended_halt(5000, 0);
  expect_booked(5000, 0);
}

TEST(Waits, until_a_device_are_the_hosts_with_all_ticks_on_the_way) {
  waits_tick_ended_halt(27000, 0);
  waits_timer_ended_halt(3000, 0);
  waits_host_ended_halt(2000);
  expect_booked(0, 32000);
}

TEST(Waits, that_a_timer_ends_are_the_guests_whatever_interrupted_meanwhile) {
  waits_host_ended_halt(2000);
  waits_tick_ended_halt(27000, 0);
  waits_timer_ended_halt(3000, 0);
  expect_booked(32000, 0);
}

TEST(Waits, in_which_a_device_comes_together_with_the_tick_are_the_hosts) {
  waits_timer_ended_halt(3000, 0);
  waits_host_interrupted();
  expect_booked(0, 3000);
}

TEST(Waits, are_the_hosts_by_as_much_as_each_timer_was_late) {
  waits_timer_ended_halt(5000, 1000);
  waits_timer_ended_halt(6000, 2000);
  expect_booked(8000, 3000);
}

TEST(Waits, lose_nothing_to_late_ticks_on_the_way) {
  waits_tick_ended_halt(37000, 10000);
  waits_tick_ended_halt(37000, 10000);
  waits_timer_ended_halt(4000, 1000);
  expect_booked(77000, 1000);
}

TEST(Waits, are_the_hosts_by_as_much_as_the_last_tick_was_late) {
  waits_tick_ended_halt(37000, 10000);
  waits_tick_ended_halt(30000, 3000);
  expect_booked(64000, 3000);
}

TEST(Waits, begin_anew_when_a_program_ran) {
  waits_tick_ended_halt(37000, 10000);
  waits_host_interrupted();
  booked();
  expect_booked(0, 0);
  waits_timer_ended_halt(1000, 0);
  expect_booked(1000, 0);
}

} // namespace
} // namespace bootperf
