#pragma once

#include <cstddef>

#include "verdict/policy.h"

namespace bootperf {

/// The part of an error rate of 1 that may be spent at this look.
///
/// Counted launches are looked at after counted_launches of them and again after each further one
/// up to counted_most, so a look must not spend the whole error rate: by the look at n launches
/// alpha·(n / counted_most)² is spent (Lan & DeMets 1983), less what the looks before could have
/// rejected. When so few assignments stand behind an earlier look that it could reject nothing,
/// it has spent nothing. One look alone (more launches than counted_most, or wall time) spends all.
double alpha_at_look(double alpha, const Policy &policy, std::size_t baseline_launches,
                     std::size_t launches);

} // namespace bootperf
