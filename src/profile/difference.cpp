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

/// A recorded profile may say that more spins than runs.
double work_of(const ProfileRow &row) {
  return static_cast<double>(row.instructions - std::min(row.instructions, row.spinning));
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
      const auto work = work_of(row);
      sums.by_launch[i] += work;
      sums.by_phase[profile.phases[row.phase]] += work / launches;
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

struct Sides {
  const Sums *base = nullptr, *head = nullptr;
};

/// The one key of that name in which only this side is filled.
std::map<std::string, std::vector<Key>> lonely(const std::map<Key, Sides> &all,
                                               const Sums *Sides::*side) {
  std::map<std::string, std::vector<Key>> by_name;
  for (const auto &[key, sides] : all) {
    if (sides.*side != nullptr && (sides.base == nullptr || sides.head == nullptr) &&
        key.second != unknown_code && key.second != other_functions) {
      by_name[key.second].push_back(key);
    }
  }
  return by_name;
}

void join_moved(std::map<Key, Sides> &all) {
  const auto gone = lonely(all, &Sides::base);
  const auto come = lonely(all, &Sides::head);
  for (const auto &[name, keys] : gone) {
    const auto found = come.find(name);
    if (keys.size() == 1 && found != come.end() && found->second.size() == 1) {
      all[found->second[0]].base = all[keys[0]].base;
      all.erase(keys[0]);
    }
  }
}

FunctionChange change_of(const Sides &sides) {
  FunctionChange change;
  const Sums &shown = sides.head != nullptr ? *sides.head : *sides.base;
  change.function = shown.function;
  if (sides.base != nullptr) {
    change.base = mean(sides.base->by_launch);
    change.noise += spread(sides.base->by_launch);
  }
  if (sides.head != nullptr) {
    change.head = mean(sides.head->by_launch);
    change.noise += spread(sides.head->by_launch);
  }
  change.is_new = sides.base == nullptr;
  change.is_gone = sides.head == nullptr;
  if (sides.base != nullptr && sides.head != nullptr &&
      base_object(sides.base->function.object) != base_object(shown.function.object)) {
    change.moved_from = sides.base->function.object;
  }
  change.phase = where_it_changed(sides.base, sides.head, change.change());
  return change;
}

std::vector<double> work_by_launch(const Profile &profile) {
  std::vector<double> sums;
  for (const LaunchProfile &launch : profile.launches) {
    double sum = 0;
    for (const ProfileRow &row : launch.rows) {
      sum += work_of(row);
    }
    sums.push_back(sum);
  }
  return sums;
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
  std::map<Key, Sides> all;
  for (const auto &[key, sums] : of_base) {
    all[key].base = &sums;
  }
  for (const auto &[key, sums] : of_head) {
    all[key].head = &sums;
  }
  join_moved(all);

  ProfileDifference difference;
  const auto base_work = work_by_launch(base), head_work = work_by_launch(head);
  difference.base = mean(base_work);
  difference.head = mean(head_work);
  difference.noise = spread(base_work) + spread(head_work);
  difference.base_spinning = mean_instructions(base) - difference.base;
  difference.head_spinning = mean_instructions(head) - difference.head;
  difference.knows_noise = base.launches.size() > 1 && head.launches.size() > 1;
  for (const auto &[key, sides] : all) {
    FunctionChange change = change_of(sides);
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
