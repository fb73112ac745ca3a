#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "capture/symbols/kernel_symbols.h"

namespace bootperf {

Embedded delay_loop_names();

std::string delay_loops(const KernelSymbols &symbols) {
  std::map<std::uint64_t, std::uint64_t> ranges;
  std::string_view names = delay_loop_names().text;
  while (!names.empty()) {
    const auto line = take_line(names);
    if (line.empty() || line.front() == '#') {
      continue;
    }
    for (const auto &function : symbols.named(line)) {
      ranges[function.first] = function.behind;
    }
  }
  std::string text;
  for (const auto &[first, behind] : ranges) {
    text += fmt::format("{:x} {:x}\n", first, behind);
  }
  return text;
}

} // namespace bootperf
