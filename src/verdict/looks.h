#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "verdict/policy.h"

namespace bootperf {

/// The launches on both sides when data that grow are looked at.
struct Look {
  std::size_t base = 0, head = 0;
};

/// The part of an error rate that may be spent at the last of these looks, when
/// there will be at most most_head launches of head.
///
/// Who looks several times must not spend the whole error rate each time: by a
/// look with n launches of head α·(n / most_head)² is spent (Lan & DeMets
/// 1983), less what the looks before could have rejected. When so few
/// assignments stand behind an earlier look that it could reject nothing, it
/// has spent nothing.
double alpha_at_last(double alpha, std::span<const Look> looks, std::size_t most_head);

/// The same for counted launches against a stored baseline, which are looked at
/// after counted_launches of them and again after each further one up to
/// counted_most. One look alone (more launches than counted_most, or wall time)
/// spends all.
double alpha_at_look(double alpha, const Policy &policy, std::size_t baseline_launches,
                     std::size_t launches);

/// Counted launches of a comparison by round: the first look comes after 10 of
/// base and 3 of head, the least that can reject at an error rate of 0.01 (p =
/// 1/286); two further rounds follow while undecided.
inline constexpr Look counted_rounds[] = {{10, 3}, {2, 1}, {2, 1}};

/// The launches of all counted rounds together.
Look all_counted_rounds();

/// The looks of a counted comparison that has so many launches of head.
std::vector<Look> counted_looks(std::size_t head);

/// After how many blocks a comparison of at most `most` is looked at: 10, 12,
/// 14, 16, then a quarter more each time, and at the end. With fewer than ten
/// blocks hardly any p value is as small as what may be spent, so a look would
/// be for nothing.
std::vector<std::size_t> block_looks(std::size_t most);

} // namespace bootperf
