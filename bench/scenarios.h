#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "capture/log/mode.h"
#include "guest/guest.h"
#include "whatif/lever.h"

namespace bootperf {

/// One way of launching, as it is named on the command line and in every output.
struct ScenarioPlan {
  std::string name; ///< "Launch/quiet/smp:2/memsize:1280"
  Mode mode = Mode::quiet;
  bool cold = false;    ///< every launch rebuilds the appliance into an empty cache directory
  bool network = false; ///< with a network, whatever the command line says
  std::optional<int> smp = {}, memsize_mib = {}; ///< over those of the command line
  bool profiled = false;                         ///< instructions are booked by function
  bool by_default = false;                       ///< measured when no filter is given
  std::optional<Lever> lever = {};               ///< the boot is changed by it
  std::string guest = {};                        ///< what is launched in place of the appliance
  std::size_t at_once = 0; ///< launched by so many of Google Benchmark's threads; 0: by one
};

/// Whether a filter may select a lever's scenario.
bool asks_for_levers(const std::string &filter);

/// How the scenarios are called in which guests are launched at once, before "/threads:4".
inline constexpr const char *of_capacity = "Capacity";

/// Those of the boot as it is; one for each lever: "WhatIf/unsigned-modules", counted; and two for
/// each guest: "Floor/pc", counted, and "Floor/pc/traced"; and "Capacity/threads:1", 2, 4, …: so
/// many quiet launches at once.
std::vector<ScenarioPlan> all_scenarios(const std::vector<Lever> &levers,
                                        const std::vector<Guest> &guests);

/// Those that a --benchmark_filter selects: a POSIX extended regular expression that may match
/// anywhere in the name, or must not when it begins with '-'; "all" selects everything and "" those
/// of the default. What does not launch the appliance as it is, is selected only where the filter
/// says the first word of its name, "WhatIf", "Floor" or "Capacity": there are many, and some do
/// not come up everywhere. A bad expression, or one that selects nothing, is a usage error.
Result<std::vector<ScenarioPlan>> select_scenarios(const std::vector<ScenarioPlan> &scenarios,
                                                   const std::string &filter);

} // namespace bootperf
