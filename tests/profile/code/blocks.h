#pragma once

#include <cstdint>
#include <string>

#include "base/text.h"
#include "capture/counter/block_record.h"

namespace bootperf::testing {

/// A block of that code, as the plugin would have recorded it.
inline CodeBlock block_of(std::uint64_t address, const std::string &code, std::uint64_t runs = 1,
                          std::uint32_t instructions = 1) {
  return {address, fnv1a_64(code),     instructions, static_cast<std::uint32_t>(code.size()),
          false,   code.substr(0, 32), runs};
}

} // namespace bootperf::testing
