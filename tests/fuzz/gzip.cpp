#include "base/gzip.h"

#include "fuzz/promises.h"
#include "fuzz/targets.h"

namespace bootperf::fuzz {

void gzip(std::string_view input) {
  constexpr std::size_t most = std::size_t{1} << 20;
  // It takes a hundred times as long as to find that an input is none.
  if (input.size() % 32 == 0) {
    const Result<std::string> packed = bootperf::gzip(input);
    require(packed && gunzip(*packed, most, "packed") == input, "what is packed comes back");
  }
  const Result<std::string> unpacked = gunzip(input, most, "input");
  if (!unpacked)
    return require_good(unpacked.error());
  require(is_gzip(input), "only a gzip file can be unpacked");
  require(unpacked->size() <= most, "no more comes out than is wanted");
}

} // namespace bootperf::fuzz
