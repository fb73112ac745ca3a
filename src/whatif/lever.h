#pragma once

// A lever: one change to the boot that can be tried, as data. What it changes, what it needs, how
// the guest shows that it took, and what it would mean to adopt it.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "capture/counter/argument_edits.h"
#include "whatif/need.h"

namespace bootperf {

/// A change to the text of the appliance's /init, line by line. Patterns are RE2 and need not match
/// a whole line.
struct DeletedLines {
  std::string pattern;
  bool operator==(const DeletedLines &) const = default;
};
/// The matching part of each line that matches; \1 in the text stands for the first group.
struct ReplacedLines {
  std::string pattern, text;
  bool operator==(const ReplacedLines &) const = default;
};
/// A line of its own, before the first that matches.
struct InsertedLine {
  std::string line, before;
  bool operator==(const InsertedLine &) const = default;
};
using InitEdit = std::variant<DeletedLines, ReplacedLines, InsertedLine>;

/// What is done to a copy of the kernel's modules, from which supermin then takes them.
enum class ModuleChange {
  unsigned_, ///< without their signatures
  unpacked,  ///< uncompressed
};

/// What a lever changes of a launch. Several levers together are their changes one after the other.
struct LeverChanges {
  std::string append;                             ///< kernel arguments
  std::optional<int> memsize_mib, smp;            ///< in place of what was asked for
  bool network = false;                           ///< with one
  std::map<std::string, std::string> environment; ///< of the launch
  std::vector<ArgumentEdit> qemu;                 ///< edits of its arguments
  bool unpacked_kernel = false; ///< the ELF image out of the kernel's file is booted in its place
  std::vector<ModuleChange> modules;
  /// The only modules that the mini-initrd gets, with what they need in turn; none: all that
  /// supermin takes.
  std::vector<std::string> initrd;
  std::vector<InitEdit> init;
  std::vector<std::string> without; ///< packages of the appliance that are left out
  std::vector<std::string>
      exclude;                  ///< files, by patterns as supermin has them: "*/85-hwclock.rules"
  bool fixed_appliance = false; ///< a copy of what supermin has built, which it never looks at

  /// Another appliance has to be built for it.
  bool changes_appliance() const { return changes_modules() || changes_supermin(); }
  /// Of it, what comes from the kernel.
  bool changes_modules() const { return !modules.empty() || !initrd.empty(); }
  /// Of it, what comes from libguestfs' supermin.d.
  bool changes_supermin() const { return !init.empty() || !without.empty() || !exclude.empty(); }
  bool operator==(const LeverChanges &) const = default;
};

enum class ProofBy {
  line,            ///< a line of the console matches a pattern (RE2)
  no_line,         ///< none does
  argument,        ///< the arguments of the qemu that ran, a blank between two, match a pattern
  no_library_line, ///< no line of libguestfs' own matches a pattern
  less_work,       ///< the phases of a name execute at least 1 % less than without
};

/// What a launch shows that a lever took. Of the boot as it is at least one of a lever's proofs
/// does not hold, with the lever all do.
struct LeverProof {
  ProofBy by = ProofBy::line;
  std::string text; ///< the pattern, or the phases' name
  bool operator==(const LeverProof &) const = default;
};

/// Where in a profile a lever saves: the code for which all that is given holds.
struct LeverPlace {
  std::string phase;            ///< in the phase of this name, or below it; "": anywhere
  std::string object, function; ///< patterns (RE2) of their names; "": any
  bool operator==(const LeverPlace &) const = default;
};

struct Lever {
  std::string name; ///< "unsigned-modules": words of a–z and 0–9 with hyphens between them
  std::string
      actor;        ///< who spends what it saves: qemu, firmware, kernel, supermin, /init, guestfsd
  std::string what; ///< in half a sentence: "machine q35 in place of pc"
  std::string adopt; ///< who would have to change what, and the risk
  /// What it decides ("machine"): of the levers that decide the same, one can be had at a time; ""
  /// for none.
  std::string choice = {};
  LeverChanges changes;
  std::vector<Need> needs;
  std::vector<LeverProof> proofs;
  /// Why launches with it cannot be counted, so that it is launched by the clock alone; "" where
  /// they can.
  std::string uncounted = {};
  std::vector<LeverPlace> touches = {};
  Location where = {}; ///< in its file

  bool is_proved_by(ProofBy by) const {
    return std::ranges::find(proofs, by, &LeverProof::by) != proofs.end();
  }
};

/// The levers in a YAML file: docs/what-if.md states the schema. An unknown key, a pattern that is
/// none, a duplicate name, a lever that changes nothing or that nothing proves are input errors
/// with file, line and column.
Result<std::vector<Lever>> parse_levers(std::string_view yaml, const std::string &name);

/// The shipped levers and, where a file is named, those in it; one of a shipped name takes its
/// place.
Result<std::vector<Lever>> load_levers(const std::string &file);

/// Tells these levers from those of another version, or of a file that has changed since.
Result<std::string> levers_fingerprint(const std::string &file);

/// The levers of these names, in this order; all for none. A usage error names one that is not
/// there.
Result<std::vector<Lever>> choose_levers(const std::vector<Lever> &levers,
                                         const std::vector<std::string> &names);

/// How levers tried as one are called: all that save, and all but one.
inline constexpr std::string_view all_together = "together";
inline constexpr std::string_view together_without = "together-without-";

/// Several levers as one, called by this name. An error of kind not_measured when they want
/// different values of one thing.
Result<Lever> together(const std::vector<Lever> &levers, const std::string &name);

} // namespace bootperf
