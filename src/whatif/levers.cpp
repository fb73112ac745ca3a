#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/files.h"
#include "base/text.h"
#include "whatif/lever.h"

namespace bootperf {

Embedded shipped_levers();

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20;

/// Takes what a lever sets; none where another one sets it to something else.
template <class T>
bool take(std::optional<T> &all, const std::optional<T> &one) {
  if (all && one && *all != *one)
    return false;
  if (one)
    all = one;
  return true;
}

template <class T>
void add_all(std::vector<T> &all, const std::vector<T> &more) {
  for (const T &each : more)
    if (std::ranges::find(all, each) == all.end())
      all.push_back(each);
}

/// False where it contradicts what is there already.
bool add_changes(LeverChanges &all, const LeverChanges &one) {
  if (!take(all.memsize_mib, one.memsize_mib) || !take(all.smp, one.smp))
    return false;
  for (const auto &[name, value] : one.environment)
    if (const auto [there, is_new] = all.environment.emplace(name, value);
        !is_new && there->second != value)
      return false;
  if (!one.append.empty())
    all.append += (all.append.empty() ? "" : " ") + one.append;
  all.network = all.network || one.network;
  all.unpacked_kernel = all.unpacked_kernel || one.unpacked_kernel;
  all.fixed_appliance = all.fixed_appliance || one.fixed_appliance;
  add_all(all.qemu, one.qemu);
  add_all(all.modules, one.modules);
  add_all(all.initrd, one.initrd);
  add_all(all.init, one.init);
  add_all(all.without, one.without);
  add_all(all.exclude, one.exclude);
  return true;
}

} // namespace

Result<std::vector<Lever>> load_levers(const std::string &file) {
  Result<std::vector<Lever>> levers = parse_levers(shipped_levers().text, "the shipped levers");
  if (!levers || file.empty())
    return levers;
  const Result<std::string> text = read_file(file, most_bytes);
  if (!text)
    return tl::unexpected(text.error());
  Result<std::vector<Lever>> own = parse_levers(*text, file);
  if (!own)
    return own;
  for (Lever &lever : *own) {
    const auto shipped = std::ranges::find(*levers, lever.name, &Lever::name);
    if (shipped != levers->end())
      *shipped = std::move(lever);
    else
      levers->push_back(std::move(lever));
  }
  return levers;
}

Result<std::string> levers_fingerprint(const std::string &file) {
  const Result<std::string> own = file.empty() ? std::string() : read_file(file, most_bytes);
  if (!own)
    return own;
  return fmt::format("{:016x}", fnv1a_64(std::string(shipped_levers().text) + *own));
}

Result<std::vector<Lever>> choose_levers(const std::vector<Lever> &levers,
                                         const std::vector<std::string> &names) {
  if (names.empty())
    return levers;
  std::vector<Lever> chosen;
  for (const std::string &name : names) {
    const auto found = std::ranges::find(levers, name, &Lever::name);
    if (found == levers.end()) {
      std::vector<std::string> known;
      for (const Lever &lever : levers)
        known.push_back(lever.name);
      const std::string near = nearest(name, known);
      return fail(ErrorKind::usage,
                  fmt::format("there is no lever \"{}\"{}; `bootperf what-if --list` shows all",
                              name, near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    if (std::ranges::find(chosen, name, &Lever::name) != chosen.end())
      return fail(ErrorKind::usage, fmt::format("duplicate lever \"{}\"", name));
    chosen.push_back(*found);
  }
  return chosen;
}

Result<Lever> together(const std::vector<Lever> &levers, const std::string &name) {
  Lever all;
  all.name = name;
  std::set<std::string> choices;
  for (const Lever &lever : levers) {
    if (!lever.choice.empty() && !choices.insert(lever.choice).second)
      return fail(ErrorKind::not_measured,
                  fmt::format("{} is another {}", lever.name, lever.choice));
    if (!add_changes(all.changes, lever.changes))
      return fail(
          ErrorKind::not_measured,
          fmt::format("{} wants another value of something that is set already", lever.name));
    all.what += (all.what.empty() ? "" : ", ") + lever.name;
    add_all(all.needs, lever.needs);
    add_all(all.proofs, lever.proofs);
    if (all.uncounted.empty())
      all.uncounted = lever.uncounted;
    add_all(all.touches, lever.touches);
  }
  return all;
}

} // namespace bootperf
