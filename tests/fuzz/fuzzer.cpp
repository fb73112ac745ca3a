// libFuzzer's entry; BOOTPERF_FUZZ_TARGET is the function of targets.h that this program fuzzes.
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  bootperf::fuzz::BOOTPERF_FUZZ_TARGET({reinterpret_cast<const char *>(data), size});
  return 0;
}
