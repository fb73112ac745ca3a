#include "capture/symbols/delay_loops.h"

#include <algorithm>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "base/files.h"

namespace bootperf {

Embedded delay_loop_names();

std::string delay_loops(const KernelSymbols &symbols) {
  std::map<std::uint64_t, std::uint64_t> ranges;
  std::string_view names = delay_loop_names().text;
  while (!names.empty()) {
    const auto line = names.substr(0, names.find('\n'));
    names.remove_prefix(std::min(names.size(), line.size() + 1));
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
