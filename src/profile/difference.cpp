#include "profile/difference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace bootperf {

namespace {

using Key = std::pair<std::string, std::string>; ///< object and name, both without their ends

/// What a function ran in one profile.
struct Sums {
  ProfileFunction function; ///< the longest of those that are taken for it
  std::uint64_t longest = 0;
  std::vector<double> by_launch;
  std::map<std::string, double> by_phase; ///< means
};

double mean(const std::vector<double> &values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

double spread(const std::vector<double> &values) {
  if (values.empty()) {
    return 0;
  }
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return *most - *least;
}

std::map<Key, Sums> sums_of(const Profile &profile) {
  std::map<Key, Sums> all;
  std::vector<Sums *> of_function;
  for (const ProfileFunction &function : profile.functions) {
    Sums &sums = all[{base_object(function.object), base_name(function.name)}];
    sums.by_launch.resize(profile.launches.size());
    of_function.push_back(&sums);
  }
  const auto launches = static_cast<double>(profile.launches.size());
  for (std::size_t i = 0; i < profile.launches.size(); ++i) {
    for (const ProfileRow &row : profile.launches[i].rows) {
      Sums &sums = *of_function[row.function];
      const auto instructions = static_cast<double>(row.instructions);
      sums.by_launch[i] += instructions;
      sums.by_phase[profile.phases[row.phase]] += instructions / launches;
      if (row.instructions >= sums.longest) {
        sums.longest = row.instructions;
        sums.function = profile.functions[row.function];
      }
    }
  }
  std::erase_if(all, [](const auto &entry) { return mean(entry.second.by_launch) == 0; });
  return all;
}

/// The phase whose share of the change is the largest in the change's direction.
std::string where_it_changed(const Sums *base, const Sums *head, double change) {
  std::map<std::string, double> changes;
  for (const auto &[phase, instructions] :
       head == nullptr ? std::map<std::string, double>() : head->by_phase) {
    changes[phase] += instructions;
  }
  for (const auto &[phase, instructions] :
       base == nullptr ? std::map<std::string, double>() : base->by_phase) {
    changes[phase] -= instructions;
  }
  std::string where;
  double most = 0;
  for (const auto &[phase, by] : changes) {
    if (by * (change < 0 ? -1 : 1) > most) {
      most = by * (change < 0 ? -1 : 1);
      where = phase;
    }
  }
  return where;
}

struct Pair {
  const Sums *base = nullptr, *head = nullptr;
};

/// The one key of that name in which only this side is filled.
std::map<std::string, std::vector<Key>> lonely(const std::map<Key, Pair> &pairs,
                                               const Sums *Pair::*side) {
  std::map<std::string, std::vector<Key>> by_name;
  for (const auto &[key, pair] : pairs) {
    if (pair.*side != nullptr && (pair.base == nullptr || pair.head == nullptr) &&
        key.second != unknown_code) {
      by_name[key.second].push_back(key);
    }
  }
  return by_name;
}

void join_moved(std::map<Key, Pair> &pairs) {
  const auto gone = lonely(pairs, &Pair::base);
  const auto come = lonely(pairs, &Pair::head);
  for (const auto &[name, keys] : gone) {
    const auto found = come.find(name);
    if (keys.size() == 1 && found != come.end() && found->second.size() == 1) {
      pairs[found->second[0]].base = pairs[keys[0]].base;
      pairs.erase(keys[0]);
    }
  }
}

FunctionChange change_of(const Pair &pair) {
  FunctionChange change;
  const Sums &shown = pair.head != nullptr ? *pair.head : *pair.base;
  change.function = shown.function;
  if (pair.base != nullptr) {
    change.base = mean(pair.base->by_launch);
    change.noise += spread(pair.base->by_launch);
  }
  if (pair.head != nullptr) {
    change.head = mean(pair.head->by_launch);
    change.noise += spread(pair.head->by_launch);
  }
  change.is_new = pair.base == nullptr;
  change.is_gone = pair.head == nullptr;
  if (pair.base != nullptr && pair.head != nullptr &&
      base_object(pair.base->function.object) != base_object(shown.function.object)) {
    change.moved_from = pair.base->function.object;
  }
  change.phase = where_it_changed(pair.base, pair.head, change.change());
  return change;
}

double launch_spread(const Profile &profile) {
  std::vector<double> sums;
  for (const LaunchProfile &launch : profile.launches) {
    sums.push_back(static_cast<double>(launch.instructions));
  }
  return spread(sums);
}

} // namespace

std::string base_name(std::string_view function) {
  constexpr std::array<std::string_view, 7> ends = {
      ".constprop", ".isra", ".part", ".cold", ".llvm", ".lto_priv", ".localalias"};
  std::size_t end = function.size();
  for (const std::string_view mark : ends) {
    const auto at = function.find(mark);
    // ".particle" is a name of its own.
    if (at != std::string_view::npos && at > 0 &&
        (at + mark.size() == function.size() || function[at + mark.size()] == '.')) {
      end = std::min(end, at);
    }
  }
  return std::string(function.substr(0, end));
}

std::string base_object(std::string_view object) {
  constexpr std::string_view shared = ".so.";
  const auto at = object.find(shared);
  return std::string(at == std::string_view::npos ? object
                                                  : object.substr(0, at + shared.size() - 1));
}

ProfileDifference compare_profiles(const Profile &base, const Profile &head,
                                   const DifferenceOptions &options) {
  const auto of_base = sums_of(base), of_head = sums_of(head);
  std::map<Key, Pair> pairs;
  for (const auto &[key, sums] : of_base) {
    pairs[key].base = &sums;
  }
  for (const auto &[key, sums] : of_head) {
    pairs[key].head = &sums;
  }
  join_moved(pairs);

  ProfileDifference difference;
  difference.base = mean_instructions(base);
  difference.head = mean_instructions(head);
  difference.noise = launch_spread(base) + launch_spread(head);
  difference.knows_noise = base.launches.size() > 1 && head.launches.size() > 1;
  for (const auto &[key, pair] : pairs) {
    FunctionChange change = change_of(pair);
    const double by = std::abs(change.change());
    if (by == 0) {
      continue;
    }
    if (by <= change.noise || by < options.least * difference.base) {
      difference.rest += change.change();
      ++(by <= change.noise ? difference.within_noise : difference.small);
    } else {
      difference.changes.push_back(std::move(change));
    }
  }
  std::stable_sort(difference.changes.begin(), difference.changes.end(),
                   [](const FunctionChange &a, const FunctionChange &b) {
                     return std::abs(a.change()) > std::abs(b.change());
                   });
  return difference;
}

} // namespace bootperf
