#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace bootperf {

/// Ways to choose k of n; the largest 64-bit number when it does not fit.
std::uint64_t combinations(std::size_t n, std::size_t k);

/// The launches (ascending indexes) that form the current group in one assignment.
using Chosen = std::span<const std::size_t>;

struct AssignmentCount {
  bool exact = false;
  std::uint64_t visited = 0; ///< when exact: all of them, the observed one included
};

/// Calls visit for the ways to choose k of n: every one of them, in lexicographic order, when there
/// are at most most of them; else for most random ones, drawn with replacement from seed.
AssignmentCount for_each_assignment(std::size_t n, std::size_t k, std::uint64_t seed,
                                    std::uint64_t most, const std::function<void(Chosen)> &visit);

/// The p value of a statistic that count assignments reach or exceed. Exact: their share. Monte
/// Carlo: (1 + count) / (1 + B), never 0 (Phipson & Smyth 2010).
double permutation_p(std::uint64_t count, const AssignmentCount &assignments);

} // namespace bootperf
