#pragma once

// The ELF image inside a kernel's file, which unpacks itself at every boot: started by its PVH
// entry, qemu loads it as it is.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// What of a bzImage is the kernel, as it is packed there.
struct PackedKernel {
  std::string_view payload; ///< of the image
  std::vector<std::string>
      unpacking; ///< the program, with its arguments, that unpacks a file to its output
};

/// Of an image that outlives it. The boot protocol 2.08 or later says where the payload is
/// (Documentation/arch/x86/boot.rst); its first bytes say how it is packed. Anything else is an
/// error of kind not_measured.
Result<PackedKernel> packed_kernel(std::string_view image, const std::string &name);

/// Writes the ELF image that a kernel's file holds into another one. Takes a second and some 100 MB
/// of memory.
Result<void> unpack_kernel(const std::filesystem::path &image, const std::filesystem::path &to);

} // namespace bootperf
