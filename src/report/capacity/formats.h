#pragma once

// How many guests in how long, for people and programs.

#include <string>
#include <vector>

#include "capacity/capacity.h"
#include "report/text/style.h"

namespace bootperf {

/// The answer in a sentence: "1000 guests in 5 min: needs 200 a minute; this machine makes 14.2 (4
/// at once, 1.9 GiB): no; 15 such machines would."
std::string capacity_sentence(const std::vector<CapacityCurve> &curves, const CapacityWish &wish);

/// The sentence and each machine's curve.
std::string capacity_text(const std::vector<CapacityCurve> &curves, const CapacityWish &wish,
                          const TextStyle &style);

/// docs/capacity.md states the format.
std::string capacity_json(const std::vector<CapacityCurve> &curves, const CapacityWish &wish);

/// One level in a line, for those who wait.
std::string level_text(const CapacityLevel &level);

} // namespace bootperf
