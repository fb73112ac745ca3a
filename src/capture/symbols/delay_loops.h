#pragma once

#include <string>

#include "capture/symbols/kernel_symbols.h"

namespace bootperf {

/// The kernel's delay loops as the counter plugin takes them (plugin/loops.h): a line a function,
/// its first address and the one behind its last, in hexadecimal. Which functions they are is
/// data, in delay_loops.txt. What lies in them is spinning: it grows where the host is slow, and is
/// no work.
std::string delay_loops(const KernelSymbols &symbols);

} // namespace bootperf
