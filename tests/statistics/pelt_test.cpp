#include "statistics/pelt.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "statistics/random.h"

namespace bootperf {
namespace {

using Changes = std::vector<std::size_t>;

double cost_of_segment(const std::vector<double> &values, std::size_t begin, std::size_t end) {
  double mean = 0;
  for (std::size_t i = begin; i < end; ++i)
    mean += values[i] / static_cast<double>(end - begin);
  double cost = 0;
  for (std::size_t i = begin; i < end; ++i)
    cost += (values[i] - mean) * (values[i] - mean);
  return cost;
}

/// By the definition, over every segmentation.
struct Best {
  double cost = std::numeric_limits<double>::infinity();
  Changes changes;
};

void search(const std::vector<double> &values, double penalty, std::size_t shortest, Changes &path,
            double cost, Best &best) {
  const std::size_t begin = path.empty() ? 0 : path.back();
  const double whole = cost + cost_of_segment(values, begin, values.size());
  if (values.size() - begin >= shortest && whole < best.cost)
    best = {whole, path};
  for (std::size_t next = begin + shortest; next + shortest <= values.size(); ++next) {
    const double more = cost + cost_of_segment(values, begin, next) + penalty;
    path.push_back(next);
    search(values, penalty, shortest, path, more, best);
    path.pop_back();
  }
}

TEST(Pelt, is_the_best_of_all_segmentations) {
  Random random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<double> values;
    double level = 0;
    for (int i = 0; i < 14; ++i) {
      if (random.below(5) == 0)
        level = 4 * random.unit();
      values.push_back(1000 + level + random.unit());
    }
    for (const std::size_t shortest : {1, 2, 3}) {
      Best best;
      Changes path;
      search(values, 0.4, shortest, path, 0, best);
      EXPECT_EQ(pelt(values, 0.4, shortest), best.changes) << round << ' ' << shortest;
    }
  }
}

TEST(Pelt, finds_nothing_where_nothing_changes) {
  EXPECT_EQ(pelt(std::vector<double>(50, 3.5), 1, 3), Changes{});
}

TEST(Pelt, finds_nothing_in_fewer_than_two_segments) {
  EXPECT_EQ(pelt({}, 1, 3), Changes{});
  EXPECT_EQ(pelt(std::vector<double>{1, 1, 1, 9, 9}, 1, 3), Changes{});
}

TEST(Pelt, finds_steps_at_both_ends) {
  const std::vector<double> values = {9, 9, 9, 1, 1, 1, 1, 1, 1, 9, 9, 9};
  EXPECT_EQ(pelt(values, 1, 3), (Changes{3, 9}));
}

} // namespace
} // namespace bootperf
