#pragma once

// What has to hold whatever the input was, shared by the targets.

#include <string>
#include <string_view>

#include "base/error.h"
#include "phases/phase_tree.h"
#include "verdict/explain/report.h"

namespace bootperf::fuzz {

/// Ends the program with these words unless it holds.
void require(bool holds, std::string_view promise);

/// Text for a terminal or a file: UTF-8 without control bytes other than line ends, and without
/// characters that nobody would see.
void require_safe_text(std::string_view text);

/// An error that can be printed, with words and a place.
void require_good(const Error &error);

/// JSON that a strict reader takes, safe to print.
void require_good_json(const std::string &json);

/// Every level adds up to its parent exactly, nothing is negative, siblings do not overlap.
void require_sound(const PhaseTree &tree);

/// Exit 0 comes with a gate that was measured and passed, and every format of the report is sound.
void require_good(const CheckReport &report);

} // namespace bootperf::fuzz
