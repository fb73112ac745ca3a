#pragma once

#include <array>
#include <string_view>

namespace bootperf {

/// A key of a launch's environment that may belong to a machine class, and what it decides. This
/// table is the one place that knows them: sessions keep these keys, classes are made of them, and
/// policies may call them a subject.
struct ClassKey {
  const char *name;
  bool wall;         ///< launches that differ in it have other times
  bool instructions; ///< they have other counts: never the host's CPU, its speed or its load
  bool subject;      ///< it may be what is under test, and is then left out of the class
};

inline constexpr std::array<ClassKey, 15> class_keys = {{
    {"arch", true, true, false},
    {"accel", true, true, false},
    {"cpu_model", true, false, false},
    {"qemu", true, true, true},
    {"kernel", true, true, true},
    {"machine", true, true, true},
    {"guest_cpu", true, true, true},
    {"backend", true, true, true},
    {"memsize", true, true, true},
    {"smp", true, true, true},
    {"drives", true, true, true},
    {"network", true, true, true},
    {"append", true, true, true},
    {"os", true, false, false},
    {"counting", false, true, false}, // the version of the counted settings
}};

/// Of whose keys a class's file name is made, before what tells all of them apart.
inline constexpr std::array named_class_keys = {"arch", "accel", "scenario"};

/// What else may be under test without being a key: a class never holds it.
inline constexpr std::array other_subjects = {"libguestfs", "supermin", "seabios", "appliance"};

} // namespace bootperf
