#include "phases/not_measured.h"

#include <algorithm>

namespace bootperf {

namespace {

class NotMeasured {
public:
  NotMeasured(const RuleSet &set, const BootLog &log, const Placement &placement,
              const std::vector<bool> &dropped)
      : set_(set), log_(log), placement_(placement), dropped_(dropped) {}

  std::vector<std::string> find() const {
    std::vector<std::string> ids;
    for (std::size_t rule = 0; rule < set_.rules.size(); ++rule)
      if (rule != set_.root && expected(rule) && !found(rule))
        if (const auto parent = usual_parent(rule))
          ids.push_back(path(*parent) + " > " + set_.rules[rule].name);
    return ids;
  }

private:
  bool found(std::size_t rule) const {
    const auto &instances = placement_.by_rule[rule];
    return std::any_of(instances.begin(), instances.end(),
                       [&](std::size_t i) { return !dropped_[i]; });
  }

  bool expected(std::size_t rule) const {
    const Rule &it = set_.rules[rule];
    if (placement_.applies[rule] != Applies::yes || it.optional)
      return false;
    return !it.optional_when || it.optional_when->applies(log_) == Applies::no;
  }

  /// The parent under which the phase would be.
  std::optional<std::size_t> usual_parent(std::size_t rule) const {
    const std::vector<std::size_t> &parents = set_.rules[rule].parents;
    const auto first = [&](auto &&fits) -> std::optional<std::size_t> {
      const auto parent = std::find_if(parents.begin(), parents.end(), fits);
      return parent == parents.end() ? std::nullopt : std::optional<std::size_t>(*parent);
    };
    if (const auto due =
            first([&](std::size_t parent) { return found(parent) || expected(parent); }))
      return due;
    return first([&](std::size_t parent) { return placement_.applies[parent] != Applies::no; });
  }

  std::string path(std::size_t rule) const {
    if (const auto parent = usual_parent(rule))
      return path(*parent) + " > " + set_.rules[rule].name;
    return set_.rules[rule].name;
  }

  const RuleSet &set_;
  const BootLog &log_;
  const Placement &placement_;
  const std::vector<bool> &dropped_;
};

} // namespace

std::vector<std::string> find_not_measured(const RuleSet &set, const BootLog &log,
                                           const Placement &placement,
                                           const std::vector<bool> &dropped) {
  return NotMeasured(set, log, placement, dropped).find();
}

} // namespace bootperf
