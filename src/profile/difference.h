#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "profile/profile.h"

namespace bootperf {

/// One function of two profiles: work, which is instructions without those that spin in delay
/// loops, as means over the launches of each.
struct FunctionChange {
  ProfileFunction function;    ///< as head has it, or base where it is gone
  std::string moved_from = {}; ///< the object that it had in base, when that was another one
  double base = 0, head = 0;
  /// How far the launches of base lie from each other, and those of head, together: the change is
  /// told from chance only where it is larger. 0 with one launch a side, when nothing is known.
  double noise = 0;
  bool is_new = false, is_gone = false;
  std::string phase; ///< id of the one in which it changed most

  double change() const { return head - base; }
};

struct ProfileDifference {
  double base = 0, head = 0;                   ///< work of a launch, in instructions
  double noise = 0;                            ///< of these sums
  double base_spinning = 0, head_spinning = 0; ///< shows how busy the host was, not what changed
  bool knows_noise = false;                    ///< both sides have two launches or more
  std::vector<FunctionChange> changes;         ///< beyond noise and the least change, largest first
  /// What is not among the changes.
  std::size_t within_noise = 0; ///< functions that changed and no further than they vary
  std::size_t small = 0;        ///< that changed less than what is shown at least
  double rest = 0;              ///< instructions by which they changed in sum
};

/// Which changes are shown.
struct DifferenceOptions {
  double least = 2e-4; ///< as a share of a launch of base
};

/// Compares two profiles function by function, over all phases. A function is the same one when
/// object and name are, without what a compiler appends to the name of a part or a copy of it
/// (".constprop.0", ".isra.0", ".part.0", ".cold") and without the version of a library; and where
/// one is only in base and one of the same name only in head, it has moved.
ProfileDifference compare_profiles(const Profile &base, const Profile &head,
                                   const DifferenceOptions &options = {});

/// "memcpy" for "memcpy.constprop.0.isra.0"
std::string base_name(std::string_view function);

/// "/usr/lib/libpcre2-8.so" for "/usr/lib/libpcre2-8.so.0.11.2"
std::string base_object(std::string_view object);

} // namespace bootperf
