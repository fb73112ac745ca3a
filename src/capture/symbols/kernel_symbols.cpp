#include "capture/symbols/kernel_symbols.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <map>
#include <utility>

#include "base/text.h"

namespace bootperf {

namespace {

constexpr std::size_t largest_text = 64u << 20;
constexpr std::size_t longest_name = 512;
/// The largest function of a kernel has some 20 KiB. What lies further behind the last symbol of a
/// module is not its code: what a module needs once lies elsewhere, and its symbols are gone.
constexpr std::uint64_t longest_function = 1u << 16;

struct Symbol {
  std::uint64_t address = 0;
  bool code = false;
  std::string_view name, module;
};

/// "ffffffffc0001000 t name\t[module]"
std::optional<Symbol> symbol_of(std::string_view line) {
  Symbol symbol;
  const auto [end, error] =
      std::from_chars(line.data(), line.data() + line.size(), symbol.address, 16);
  auto rest = line.substr(static_cast<std::size_t>(end - line.data()));
  if (error != std::errc() || rest.size() < 4 || rest[0] != ' ' || rest[2] != ' ') {
    return std::nullopt;
  }
  symbol.code = std::string_view("tTwW").find(rest[1]) != std::string_view::npos;
  rest.remove_prefix(3);
  const auto tab = rest.find('\t');
  symbol.name = rest.substr(0, std::min(tab, longest_name));
  if (tab != std::string_view::npos) {
    const auto module = rest.substr(tab + 1);
    if (module.size() < 3 || module.front() != '[' || module.back() != ']') {
      return std::nullopt;
    }
    symbol.module = module.substr(1, std::min(module.size() - 2, longest_name));
  }
  return symbol;
}

std::size_t underscores(std::string_view name) {
  return std::min(name.find_first_not_of('_'), name.size());
}

/// The symbol of a place that has several: one of code, by its plainest name.
const Symbol *chosen(const std::vector<Symbol> &symbols, std::size_t from, std::size_t to) {
  const Symbol *best = nullptr;
  for (std::size_t i = from; i < to; ++i) {
    if (symbols[i].code &&
        (best == nullptr || underscores(symbols[i].name) < underscores(best->name))) {
      best = &symbols[i];
    }
  }
  return best;
}

Result<std::vector<Symbol>> symbols_of(std::string_view text, const std::string &name) {
  if (text.size() > largest_text) {
    return fail(ErrorKind::input, "expected a list of kernel symbols of at most 64 MiB", {name});
  }
  std::vector<Symbol> symbols;
  for (int line = 1; !text.empty(); ++line) {
    const auto symbol = symbol_of(take_line(text));
    if (!symbol) {
      return fail(ErrorKind::input, "expected an address, a type and a name, as in /proc/kallsyms",
                  {name, line, 1});
    }
    symbols.push_back(*symbol);
  }
  std::stable_sort(symbols.begin(), symbols.end(),
                   [](const Symbol &a, const Symbol &b) { return a.address < b.address; });
  return symbols;
}

/// Where the code of each module begins: "virtio_scsi 28672 1 - Live 0xffffffffc0392000".
std::map<std::string, std::uint64_t, std::less<>> module_addresses(std::string_view text) {
  std::map<std::string, std::uint64_t, std::less<>> addresses;
  while (!text.empty()) {
    const auto line = take_line(text);
    const auto at = line.find(" 0x");
    std::uint64_t address = 0;
    if (at != std::string_view::npos &&
        std::from_chars(line.data() + at + 3, line.data() + line.size(), address, 16).ec ==
            std::errc() &&
        address != 0) {
      addresses.emplace(line.substr(0, line.find(' ')), address);
    }
  }
  return addresses;
}

} // namespace

Result<KernelSymbols> KernelSymbols::parse(std::string_view text, const std::string &name) {
  const auto symbols = symbols_of(text, name);
  if (!symbols) {
    return tl::unexpected(symbols.error());
  }
  KernelSymbols parsed;
  for (std::size_t i = 0, next = 0; i < symbols->size(); i = next) {
    const auto address = (*symbols)[i].address;
    for (next = i; next < symbols->size() && (*symbols)[next].address == address;) {
      ++next;
    }
    const Symbol *best = address == 0 ? nullptr : chosen(*symbols, i, next);
    if (best == nullptr) {
      continue;
    }
    const auto limit = address > std::numeric_limits<std::uint64_t>::max() - longest_function
                           ? std::numeric_limits<std::uint64_t>::max()
                           : address + longest_function;
    const auto behind = next < symbols->size() ? std::min((*symbols)[next].address, limit) : limit;
    for (std::size_t other = i; other < next; ++other) {
      if ((*symbols)[other].code && &(*symbols)[other] != best) {
        parsed.aliases_.push_back({std::string((*symbols)[other].name), parsed.functions_.size()});
      }
    }
    parsed.functions_.push_back(
        {address, behind, std::string(best->name), std::string(best->module)});
  }
  if (parsed.functions_.empty()) {
    return fail(ErrorKind::input, "expected addresses of code other than 0", {name});
  }
  return parsed;
}

KernelSymbols KernelSymbols::moved(std::string_view modules_then,
                                   std::string_view modules_now) const {
  const auto then = module_addresses(modules_then), now = module_addresses(modules_now);
  KernelSymbols symbols;
  for (const KernelFunction &function : functions_) {
    KernelFunction moved = function;
    if (!function.module.empty()) {
      const auto was = then.find(function.module), is = now.find(function.module);
      if (was == then.end() || is == now.end()) {
        continue;
      }
      moved.first += is->second - was->second;
      moved.behind += is->second - was->second;
    }
    symbols.functions_.push_back(std::move(moved));
  }
  std::stable_sort(
      symbols.functions_.begin(), symbols.functions_.end(),
      [](const KernelFunction &a, const KernelFunction &b) { return a.first < b.first; });
  return symbols;
}

const KernelFunction *KernelSymbols::find(std::uint64_t address) const {
  const auto behind = std::upper_bound(
      functions_.begin(), functions_.end(), address,
      [](std::uint64_t at, const KernelFunction &function) { return at < function.first; });
  if (behind == functions_.begin()) {
    return nullptr;
  }
  const KernelFunction &function = *std::prev(behind);
  return address < function.behind ? &function : nullptr;
}

std::vector<KernelFunction> KernelSymbols::named(std::string_view name) const {
  const bool begins = name.ends_with('*');
  const auto wanted = name.substr(0, name.size() - (begins ? 1 : 0));
  const auto fits = [&](std::string_view candidate) {
    return begins ? candidate.starts_with(wanted) : candidate == wanted;
  };
  std::vector<bool> found(functions_.size());
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    found[i] = fits(functions_[i].name);
  }
  for (const auto &alias : aliases_) {
    found[alias.function] = found[alias.function] || fits(alias.name);
  }
  std::vector<KernelFunction> all;
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    if (found[i]) {
      all.push_back(functions_[i]);
    }
  }
  return all;
}

} // namespace bootperf
