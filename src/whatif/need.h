#pragma once

// What has to be on this machine for something to be tried: a lever, another guest.

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/strict_yaml.h"

namespace bootperf {

/// One thing that has to be there: exactly one of its first four.
struct Need {
  std::vector<std::string> arch = {}; ///< one of these, as uname has them
  std::string file = {};              ///< this file
  std::string program = {};           ///< this program, found as a shell would
  bool kvm = false;                   ///< KVM, which this user may open
  std::string package = {};           ///< for people: what brings it; "" where nothing is known
  bool operator==(const Need &) const = default;
};

/// "{file: /usr/share/qemu/qboot.rom, package: qemu-system-data}".
Need read_need(const YamlNode &node, std::optional<Error> &error);

/// The first thing that this machine lacks, for people; none when everything is there.
std::optional<std::string> missing_need(const std::vector<Need> &needs);

} // namespace bootperf
