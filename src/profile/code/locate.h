#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/counter/block_record.h"
#include "capture/symbols/kernel_symbols.h"
#include "profile/code/program_code.h"
#include "profile/profile.h"

namespace bootperf {

/// What there is to find out with where code is from.
struct CodeSources {
  std::string architecture; ///< of the guest, as boot logs have it: "x86_64"
  KernelSymbols kernel;     ///< of the same kernel build
  ProgramFiles programs;
};

/// The function of each block of the record, by index. What nothing knows is unknown code, of which
/// at least the side is told: "(unknown)" of object "(kernel)" or "(user space)".
///
/// The kernel and its modules by address; user space by content; what ran before the first of the
/// kernel by address as well, by data (early_code.txt).
std::vector<ProfileFunction> locate_blocks(const BlockRecord &record, const CodeSources &sources);

} // namespace bootperf
