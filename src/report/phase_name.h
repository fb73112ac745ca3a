#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/text_style.h"

namespace bootperf {

/// The parts of a phase id, as they are.
std::vector<std::string> id_parts(std::string_view id);

/// A phase id shortened for people: without the run, launch, qemu and kernel it begins with,
/// without "parent:" in front of a child's name, escaped. "run > launch > qemu > kernel > /init >
/// /init:lvm-probe" reads "/init › lvm-probe".
std::string short_phase(std::string_view id, const TextStyle &style);

/// The same in at most so many columns: what stands left is left out, because the last part says
/// most ("… › udev trigger and settle › udevadm trigger").
std::string short_phase(std::string_view id, const TextStyle &style, std::size_t width);

} // namespace bootperf
