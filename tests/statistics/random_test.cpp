#include "statistics/random.h"

#include <vector>

#include <gtest/gtest.h>

namespace bootperf {
namespace {

TEST(Random, starts_where_the_standard_says) {
  // [rand.predef]: the 10000th invocation of a default-constructed mt19937_64.
  Random random(5489);
  std::uint64_t last = 0;
  for (int i = 0; i < 10000; ++i)
    last = random.below(~std::uint64_t{0});
  EXPECT_EQ(last, 9981545732273789042u);
}

TEST(Random, same_seed_same_numbers) {
  Random one(7);
  Random two(7);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(one.below(10), two.below(10));
}

TEST(Random, is_even_over_its_range) {
  Random random(1);
  std::vector<int> seen(7);
  for (int i = 0; i < 70000; ++i)
    ++seen[random.below(7)];
  for (const int count : seen)
    EXPECT_NEAR(count, 10000, 400); // four standard deviations
}

TEST(Random, a_range_of_one_has_one_value) {
  EXPECT_EQ(Random(3).below(1), 0u);
}

TEST(Random, unit_stays_below_one) {
  Random random(2);
  for (int i = 0; i < 1000; ++i) {
    const double value = random.unit();
    EXPECT_GE(value, 0);
    EXPECT_LT(value, 1);
  }
}

} // namespace
} // namespace bootperf
