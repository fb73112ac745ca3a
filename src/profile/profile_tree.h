#pragma once

// A profile as what it is drawn as: phases inside phases, their objects, and the functions of
// these; two profiles in one tree, so that what changed stands where it changed.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "profile/profile.h"

namespace bootperf {

enum class ProfilePart { phase, object, function };

/// "phase", "object", "function"
const char *to_text(ProfilePart part);

/// What ran in a phase, in an object inside a phase, or in a function of it. Work, which is
/// instructions without those that spin in delay loops, as means over the launches of each side.
struct ProfileNode {
  ProfilePart part = ProfilePart::phase;
  std::string name; ///< a phase's id; an object's and a function's as head has it, if it does
  std::optional<std::size_t> parent; ///< index into ProfileTree::nodes; none for the outermost
  double head = 0, base = 0;
  /// How far the launches of base lie from each other, and those of head, together: a change that
  /// is no larger is told from chance by nothing. 0 with one launch a side, when nothing is known.
  double noise = 0;
};

struct ProfileTree {
  std::vector<ProfileNode> nodes; ///< a parent before its children; phases in the order of the boot
  double head = 0, base = 0;      ///< work of a launch
  bool compares = false;          ///< there is a base
  bool knows_noise = false;       ///< both sides have two launches or more
  std::size_t added_up = 0;       ///< functions of phases that are in an "(others)"
};

/// How much of a profile is named.
struct ProfileTreeBounds {
  std::size_t functions = 1500; ///< of phases, the longest in either profile
  std::size_t objects = 1000;   ///< likewise
};

/// A child adds up to no more than its parent: what a bound leaves out is a child "(others)".
/// Functions and objects are the same by what compare_profiles() takes for the same; one that moved
/// to another object is two. base may be null.
ProfileTree profile_tree(const Profile &head, const Profile *base,
                         const ProfileTreeBounds &bounds = {});

} // namespace bootperf
