#pragma once

#include <cstdint>
#include <string>

#include "capture/counter/block_record.h"

namespace bootperf::testing {

/// A block of that code, as the plugin would have recorded it.
inline CodeBlock block_of(std::uint64_t address, const std::string &code, std::uint64_t runs = 1,
                          std::uint32_t instructions = 1) {
  std::uint64_t content = 0xcbf29ce484222325;
  for (const char byte : code) {
    content = (content ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return {address,      content,
          instructions, static_cast<std::uint32_t>(code.size()),
          false,        code.substr(0, 32),
          runs};
}

} // namespace bootperf::testing
