#include "profile/profile_tree.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "phases/phase_tree.h"
#include "profile/difference.h"

namespace bootperf {
namespace {

/// Of each launch of either side.
struct WorkOfSides {
  std::vector<double> head, base;
};

/// The work of a function in a phase, and of what else goes by its name there.
struct Leaf {
  std::string phase;
  ProfileFunction function;
  WorkOfSides work;
};

/// Phase, object and function, the latter two without their ends.
using LeafKey = std::tuple<std::string, std::string, std::string>;
using Leaves = std::map<LeafKey, Leaf>;

double mean_of(const std::vector<double> &launches) {
  double sum = 0;
  for (const double each : launches)
    sum += each;
  return launches.empty() ? 0 : sum / static_cast<double>(launches.size());
}

double range_of(const std::vector<double> &launches) {
  const auto [least, most] = std::ranges::minmax_element(launches);
  return least == launches.end() ? 0 : *most - *least;
}

void add(std::vector<double> &to, const std::vector<double> &from) {
  for (std::size_t i = 0; i < from.size(); ++i)
    to[i] += from[i];
}

double longer(const WorkOfSides &work) {
  return std::max(mean_of(work.head), mean_of(work.base));
}

class TreeOfProfiles {
public:
  TreeOfProfiles(const Profile &head, const Profile *base)
      : nothing_{std::vector<double>(head.launches.size()),
                 std::vector<double>(base ? base->launches.size() : 0)} {
    tree_.compares = base != nullptr;
    tree_.knows_noise = base && head.launches.size() > 1 && base->launches.size() > 1;
    for (const std::string &phase : head.phases)
      add_phase(phase);
    add_leaves(head, &WorkOfSides::head);
    if (!base)
      return;
    for (const std::string &phase : base->phases)
      add_phase(phase);
    add_leaves(*base, &WorkOfSides::base);
  }

  ProfileTree within(const ProfileTreeBounds &bounds) {
    const std::size_t all = leaves_.size();
    add_up(bounds.functions, std::identity(), [](const ProfileFunction &function) {
      return ProfileFunction{function.object, other_functions};
    });
    tree_.added_up = all - std::min(all, bounds.functions);
    // An object that is not named has no function that is.
    add_up(
        bounds.objects,
        [](const LeafKey &key) { return LeafKey{std::get<0>(key), std::get<1>(key), ""}; },
        [](const ProfileFunction &) { return ProfileFunction{other_functions, other_functions}; });
    for (const auto &[key, leaf] : leaves_)
      place(leaf);
    for (std::size_t i = 0; i < tree_.nodes.size(); ++i) {
      tree_.nodes[i].head = mean_of(work_[i].head);
      tree_.nodes[i].base = mean_of(work_[i].base);
      if (tree_.knows_noise)
        tree_.nodes[i].noise = range_of(work_[i].head) + range_of(work_[i].base);
    }
    for (const auto &[key, leaf] : leaves_) {
      tree_.head += mean_of(leaf.work.head);
      tree_.base += mean_of(leaf.work.base);
    }
    return std::move(tree_);
  }

private:
  void add_leaves(const Profile &profile, std::vector<double> WorkOfSides::*side) {
    for (std::size_t i = 0; i < profile.launches.size(); ++i)
      for (const ProfileRow &row : profile.launches[i].rows) {
        const ProfileFunction &function = profile.functions[row.function];
        const std::string &phase = profile.phases[row.phase];
        const LeafKey key{phase, base_object(function.object), base_name(function.name)};
        Leaf &leaf = leaves_.try_emplace(key, Leaf{phase, function, nothing_}).first->second;
        // A recorded profile may say that more spins than runs.
        (leaf.work.*side)[i] +=
            static_cast<double>(row.instructions - std::min(row.instructions, row.spinning));
      }
  }

  /// Leaves so many groups of leaves as they are, the longest. The others go by another name, and
  /// those that have it in common are one.
  template <class GroupOf, class RestOf>
  void add_up(std::size_t most, GroupOf group_of, RestOf rest_of) {
    std::map<LeafKey, double> groups;
    for (const auto &[key, leaf] : leaves_)
      groups[group_of(key)] += longer(leaf.work);
    if (groups.size() <= most)
      return;
    std::vector<std::pair<double, LeafKey>> order;
    for (const auto &[key, work] : groups)
      order.emplace_back(-work, key);
    std::ranges::sort(order);
    Leaves fewer;
    for (const auto &[key, leaf] : leaves_) {
      const LeafKey group = group_of(key);
      const bool is_named = std::pair(-groups[group], group) < order[most];
      add_leaf(fewer, leaf.phase, is_named ? leaf.function : rest_of(leaf.function), leaf.work);
    }
    leaves_ = std::move(fewer);
  }

  void add_leaf(Leaves &to, const std::string &phase, const ProfileFunction &function,
                const WorkOfSides &work) {
    const LeafKey key{phase, base_object(function.object), base_name(function.name)};
    Leaf &leaf = to.try_emplace(key, Leaf{phase, function, nothing_}).first->second;
    add(leaf.work.head, work.head);
    add(leaf.work.base, work.base);
  }

  std::size_t node(ProfilePart part, const std::string &key, const std::string &name,
                   std::optional<std::size_t> parent) {
    const auto [entry, is_new] = index_.emplace(std::tuple(parent, part, key), tree_.nodes.size());
    if (is_new) {
      tree_.nodes.push_back({part, name, parent});
      work_.push_back(nothing_);
    }
    return entry->second;
  }

  /// With the phases around it, as far as anything that a boot has goes.
  std::size_t add_phase(const std::string &id) {
    constexpr std::size_t deepest = 32;
    std::vector<std::string> path = {id};
    while (path.size() < deepest && !parent_of(path.back()).empty())
      path.push_back(parent_of(path.back()));
    std::optional<std::size_t> at;
    for (auto each = path.rbegin(); each != path.rend(); ++each)
      at = node(ProfilePart::phase, *each, *each, at);
    return *at;
  }

  void place(const Leaf &leaf) {
    const std::size_t phase = add_phase(leaf.phase);
    const std::size_t object =
        node(ProfilePart::object, base_object(leaf.function.object), leaf.function.object, phase);
    const std::size_t function =
        node(ProfilePart::function, base_name(leaf.function.name), leaf.function.name, object);
    for (std::optional<std::size_t> at = function; at; at = tree_.nodes[*at].parent) {
      add(work_[*at].head, leaf.work.head);
      add(work_[*at].base, leaf.work.base);
    }
  }

  WorkOfSides nothing_; ///< as many launches as there are
  Leaves leaves_;
  ProfileTree tree_;
  std::vector<WorkOfSides> work_; ///< of each node
  std::map<std::tuple<std::optional<std::size_t>, ProfilePart, std::string>, std::size_t> index_;
};

} // namespace

const char *to_text(ProfilePart part) {
  return part == ProfilePart::phase ? "phase" : part == ProfilePart::object ? "object" : "function";
}

ProfileTree profile_tree(const Profile &head, const Profile *base,
                         const ProfileTreeBounds &bounds) {
  return TreeOfProfiles(head, base).within(bounds);
}

} // namespace bootperf
