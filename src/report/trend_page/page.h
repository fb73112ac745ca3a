#pragma once

#include <string>

#include "trend/check.h"
#include "trend/history.h"

namespace bootperf {

/// A checked trend as one self-contained page: a line per phase with its steps and their commits.
std::string trend_page(const History &history, const TrendCheck &check);

} // namespace bootperf
