#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace bootperf {

/// A function of the kernel or of one of its modules, by its symbol.
struct KernelFunction {
  std::uint64_t first = 0;  ///< its address
  std::uint64_t behind = 0; ///< where the next symbol stands
  std::string name;
  std::string module; ///< "" for the kernel itself
};

/// Where the functions of a kernel and its modules lie, from the text of its /proc/kallsyms: a
/// kernel knows its own symbols, so that nobody needs its debug package.
class KernelSymbols {
public:
  /// An input error for a line that is none ("ffffffff81000000 T name", a tab and "[module]" behind
  /// it or not), for more than 64 MiB, and for a text in which no code has an address: without the
  /// right to see them a kernel shows zeros.
  static Result<KernelSymbols> parse(std::string_view text, const std::string &name);

  /// The same for another launch, in which modules may lie elsewhere: udev loads several at once,
  /// so which is first is not always the same. Of both launches the text of /proc/modules.
  /// Functions of a module that is not in both are left out.
  KernelSymbols moved(std::string_view modules_then, std::string_view modules_now) const;

  /// The function in which an address lies; null where there is none. Of several names of one place
  /// the one with the fewest underscores in front is taken, and of these the first.
  const KernelFunction *find(std::uint64_t address) const;

  /// Every place with that name, its other names included. The name may end in '*'.
  std::vector<KernelFunction> named(std::string_view name) const;

private:
  struct Alias {
    std::string name;
    std::size_t function = 0;
  };

  std::vector<KernelFunction> functions_; ///< by address; data symbols only end them
  std::vector<Alias> aliases_;            ///< names that were not taken; none once moved
};

/// The kernel's delay loops as the counter plugin takes them (plugin/loops.h): a line a function,
/// its first address and the one behind its last, in hexadecimal. Which functions they are is
/// data, in delay_loops.txt. What lies in them is spinning: it grows where the host is slow, and is
/// no work.
std::string delay_loops(const KernelSymbols &symbols);

} // namespace bootperf
